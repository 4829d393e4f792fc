import type { Migration } from "#core/records/migrate.ts"

export const engineMigrations: ReadonlyArray<Migration> = [
  {
    id: "engine-0001",
    sql: `
      create table run (
        id text primary key, kind text not null check (kind in ('make', 'check')), selection text not null, started_at text not null, finished_at text, state text not null
      ) strict;
      create table run_event (
        seq integer primary key autoincrement, run text not null references run (id), at text not null,
        type text not null, asset text, details text not null
      ) strict;
      create index run_event_asset on run_event (asset, type, seq);
      create table source (
        name text primary key, file text not null, settings text, added_at text not null
      ) strict;
    `
  },
  {
    id: "engine-0002",
    sql: "alter table run add column resumes text; alter table run add column backfill text;"
  }
]
