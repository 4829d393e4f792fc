import type { Migration } from "#core/records/migrate.ts"

/** What buyers were told, and what was sent to the addresses that they gave. Secrets of webhooks are kept as they are: they sign. */
export const noticeMigrations: ReadonlyArray<Migration> = [
  {
    id: "notice-0001",
    sql: `
      create table notice (
        id text primary key, seq integer not null unique, buyer text not null, kind text not null, product text not null,
        version text, at text not null, text text not null, facts text not null, read_at text
      ) strict;
      create index notice_buyer on notice (buyer, seq);
      create table webhook (
        id text primary key, buyer text not null, url text not null, kinds text not null, secret text not null,
        created_at text not null, removed_at text
      ) strict;
      create table webhook_message (
        id text primary key, webhook text not null references webhook (id), body text not null, created_at text not null,
        next_at text, attempts integer not null, state text not null check (state in ('waiting', 'delivered', 'given up'))
      ) strict;
      create index webhook_message_due on webhook_message (state, next_at);
      create table webhook_attempt (
        id text primary key, message text not null references webhook_message (id), at text not null, status integer,
        outcome text not null, problem text
      ) strict;
    `
  }
]
