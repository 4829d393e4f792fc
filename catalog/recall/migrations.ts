import type { Migration } from "#core/records/migrate.ts"

/**
 * Products that are suspended since somebody in them said no, until a version is made under a later epoch; and what the buyers of their versions
 * were told. A notice names no subject and no number of them.
 */
export const recallMigrations: ReadonlyArray<Migration> = [
  {
    id: "recall-0001",
    sql: `
      create table product_freeze (product text primary key references product (name), epoch integer not null, since text not null) strict;
      create table recall_notice (
        id text primary key, order_id text not null references buyer_order (id), version_id text not null references product_version (id),
        document text not null, signature text not null, at text not null, attested_at text,
        unique (order_id, version_id)
      ) strict;
      create table recalled_version (version_id text primary key references product_version (id), successor text, at text not null) strict;
    `
  },
  {
    id: "recall-0002",
    // What a buyer declared: who, in which words, signed by the house that took it down; never changed afterwards.
    sql: `
      create table recall_attestation (
        notice text primary key references recall_notice (id), document text not null, signature text not null, by text not null, at text not null
      ) strict;
    `
  }
]
