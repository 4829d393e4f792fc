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
  },
  {
    // Entries move from a table to tiles: those of the table go in front of the outbox, in their order, and the next drain writes
    // them. `log_frontier` stays as it was, to compare the root of the tiles with.
    id: "log-0002",
    sql: `
      create table log_head (one integer primary key check (one = 1), size integer not null, root blob not null) strict;
      insert into log_head values (1, 0, x'');
      insert into outbox (seq, leaf) select idx - (select count(*) from log_entry), leaf from log_entry order by idx;
      drop table log_entry;
    `
  },
  // How the tree grew, to the minute; entries themselves hold no time.
  { id: "log-0003", sql: "create table log_growth (minute integer primary key, size integer not null) strict;" }
]
