import type { Migration } from "#core/records/migrate.ts"

export const automationMigrations: ReadonlyArray<Migration> = [
  {
    id: "automation-0001",
    sql: `
      create table automation_rule (
        name text primary key, selection text not null, condition text not null, added_at text not null
      ) strict;
      create table automation_cursor (
        rule text not null, asset text not null, answered integer not null, token text, asked text, asked_at text, primary key (rule, asset)
      ) strict;
      create table automation_evaluation (
        seq integer primary key autoincrement, rule text not null, asset text not null, at text not null, until text not null,
        outcome text not null check (outcome in ('requested', 'not_met', 'repeated')), tree text not null
      ) strict;
      create index automation_evaluation_asset on automation_evaluation (asset, rule, seq);
      create table automation_request (
        id text primary key, at text not null, assets text not null, run text,
        state text not null check (state in ('open', 'running', 'done', 'failed'))
      ) strict;
      create index automation_request_open on automation_request (state) where state in ('open', 'running');
    `
  }
]
