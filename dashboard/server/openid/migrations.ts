import type { Migration } from "#core/records/migrate.ts"

/**
 * The one provider, if any; sign-ins under way, whose state and ticket are kept as SHA-256; and which subject of a provider an account first came as.
 * The client's secret is a file beside the other keys of the home, not here.
 */
export const openIdMigrations: ReadonlyArray<Migration> = [
  {
    id: "openid-0001",
    sql: `
      create table openid_provider (
        one integer primary key check (one = 1), issuer text not null, client text not null, claim text not null, domain text, label text not null,
        set_by text not null, set_at integer not null
      ) strict;
      create table openid_flow (
        state_hash text primary key, ticket_hash text not null, verifier text not null, nonce text not null, expires_at integer not null
      ) strict;
      create table openid_subject (
        name text not null, issuer text not null, subject_hash text not null, since integer not null, primary key (name, issuer)
      ) strict;
    `
  }
]
