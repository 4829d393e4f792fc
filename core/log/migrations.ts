import type { Migration } from "../records/migrate.ts"

export const logMigrations: ReadonlyArray<Migration> = [
  {
    id: "log-0001",
    sql: `
      create table epoch (one integer primary key check (one = 1), value integer not null) strict;
      insert into epoch values (1, 0);
      create table outbox (seq integer primary key autoincrement, leaf blob not null) strict;
      create table log_entry (idx integer primary key, leaf blob not null, hash blob not null) strict;
      create table log_frontier (one integer primary key check (one = 1), size integer not null, roots blob not null) strict;
      insert into log_frontier values (1, 0, x'');
    `
  }
]
