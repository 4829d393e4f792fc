import type { Migration } from "#core/records/migrate.ts"

/** Tokens for pages of others; kept as SHA-256 only, so a copy of the records opens nothing. How often each was used is in `access_decision`. */
export const embedMigrations: ReadonlyArray<Migration> = [
  {
    id: "embed-0001",
    sql: `
      create table embed_token (
        id text primary key, token_hash text not null unique, kind text not null check (kind in ('product', 'asset')), target text not null,
        origins text not null, made_by text not null, made_at text not null, expires_at text not null, revoked_by text, revoked_at text
      ) strict;
      create index access_decision_embed on access_decision (name) where action = 'embed';
    `
  }
]
