import type { Migration } from "#core/records/migrate.ts"

/**
 * Sessions and one-time links, whose ids and tokens are kept as SHA-256 only, so a copy of the records opens nothing; and which
 * buyer asked for which quote. `subject` is the ordinal of the subject that a customer is, null for everybody else.
 */
export const dashboardMigrations: ReadonlyArray<Migration> = [
  {
    id: "dashboard-0001",
    sql: `
      create table session (
        id_hash text primary key,
        role text not null,
        name text not null,
        created_at integer not null,
        seen_at integer not null
      ) strict;
      create table sign_in_link (
        token_hash text primary key,
        role text not null,
        name text not null,
        expires_at integer not null
      ) strict;
    `
  },
  {
    id: "dashboard-0002",
    sql: "create table quote_owner (quote text primary key, name text not null, since text not null) strict;"
  },
  {
    id: "dashboard-0003",
    sql: `
      alter table session add column subject integer;
      alter table sign_in_link add column subject integer;
    `
  },
  {
    id: "dashboard-0004",
    sql: `
      alter table session add column id text not null default '';
      alter table session add column method text not null default 'link';
      alter table session add column verified_at integer not null default 0;
      alter table session add column ends_at integer;
      alter table session add column elevation text;
      create index session_name on session (name);
    `
  }
]
