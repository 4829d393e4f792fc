import type { Migration } from "#core/records/migrate.ts"

/** Uses, one a row: the document whose hash the log holds; the set of whom it touched lies in a file of its own. */
export const useMigrations: ReadonlyArray<Migration> = [
  {
    id: "consent-use-0001",
    sql: `
      create table consent_use (operation text primary key, document text not null, at integer not null) strict;
      create index consent_use_at on consent_use (at);
    `
  },
  {
    id: "consent-use-0002",
    // How many subjects it touched; exact, for stewards and for what they are owed. Null for uses of before.
    sql: "alter table consent_use add column touched integer;"
  }
]
