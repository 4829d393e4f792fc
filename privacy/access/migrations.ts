import type { Migration } from "#core/records/migrate.ts"

/**
 * Who may sign in and with what, what was lent to whom for how long, and what was decided. Tokens and challenges are kept as SHA-256; of a passkey
 * there is its public key alone. Equal decisions within half a second are one row.
 */
export const accessMigrations: ReadonlyArray<Migration> = [
  {
    id: "access-0001",
    sql: `
      create table principal (
        name text primary key, roles text not null, subject integer,
        state text not null check (state in ('proposed', 'active', 'removed')),
        added_by text not null, approved_by text, added_at integer not null, approved_at integer
      ) strict;
      create table invitation (
        token_hash text primary key, name text not null, role text not null, subject integer, invited_by text not null, expires_at integer not null
      ) strict;
      create table passkey (
        id text primary key, digest text not null unique, name text not null, subject integer,
        public_key blob not null, counter integer not null, device text not null, backed_up integer not null, label text not null,
        created_at integer not null, used_at integer
      ) strict;
      create index passkey_name on passkey (name);
      create table passkey_challenge (hash text primary key, bound text not null, expires_at integer not null) strict;
      create table elevation (
        id text primary key, name text not null, role text not null, reason text not null, hours integer not null check (hours between 1 and 8),
        asked_at integer not null, approved_by text, approved_at integer, ends_at integer, ended_at integer,
        check (approved_by is null or approved_by <> name)
      ) strict;
      create table access_policies (digest text primary key, document text not null, since integer not null) strict;
      create table access_decision (
        seq integer primary key autoincrement, at integer not null, name text not null, role text not null, action text not null,
        resource text not null, allowed integer not null, because text not null, policies text not null, times integer not null
      ) strict;
    `
  }
]
