import type { Migration } from "#core/records/migrate.ts"

export const catalogMigrations: ReadonlyArray<Migration> = [
  {
    id: "catalog-0001",
    // A version, a quote and a price in an order are never updated: `document` holds them as they were made.
    sql: `
      create table product (
        name text primary key, currency text not null, reference text, since text not null
      ) strict;
      create table product_version (
        id text primary key, product text not null references product (name), version text not null,
        release text not null, artefact text not null, status text not null, listed_at text not null,
        seq integer not null unique, document text not null,
        unique (product, version), unique (product, release)
      ) strict;
      create table quote (
        id text primary key, version_id text not null references product_version (id), hash text not null,
        issued_at text not null, expires_at text not null, document text not null
      ) strict;
      create table buyer_order (
        id text primary key, quote text not null references quote (id), version_id text not null references product_version (id),
        buyer text not null, state text not null check (state in ('ordered', 'paid', 'delivered')),
        price_minor integer not null, currency text not null, ordered_at text not null, paid_at text, delivered_at text,
        order_key text not null, payment_key text unique,
        unique (buyer, order_key)
      ) strict;
      create table entitlement (
        order_id text primary key references buyer_order (id), buyer text not null,
        version_id text not null references product_version (id), since text not null
      ) strict;
      create table delivery (
        id text primary key, order_id text not null references buyer_order (id), format text not null,
        sha256 text not null, bytes integer not null, delivered_at text not null
      ) strict;
    `
  },
  {
    id: "catalog-0002",
    // The bytes of an offer are made once: noise that was drawn twice could be averaged away.
    sql: `
      create table offer_artefact (
        version_id text not null references product_version (id), offer text not null, artefact text not null,
        made_at text not null, primary key (version_id, offer)
      ) strict;
    `
  },
  {
    id: "catalog-0003",
    sql: `
      create table scenario (
        name text primary key, buyer text, document text not null, declared_at text not null
      ) strict;
      create table scenario_fit (
        scenario text not null references scenario (name), version_id text not null references product_version (id),
        fit real not null, gate integer not null, document text not null, scored_at text not null,
        primary key (scenario, version_id)
      ) strict;
    `
  },
  {
    id: "catalog-0004",
    // Evidence is never changed, only withdrawn, so an index of any past day can be worked out again.
    sql: `
      create table index_evidence (
        id text primary key, product text not null references product (name), item text not null, value real not null,
        note text not null, signer text not null, is_demo integer not null, at text not null, expires_at text not null,
        withdrawn_at text
      ) strict;
    `
  },
  {
    id: "catalog-0005",
    // Without a foreign key: a buyer may be verified before or after the first order.
    sql: `
      create table verified_buyer (
        buyer text primary key, legal_entity text not null, country text not null, verified_at text not null
      ) strict;
      create table demand_vote (
        order_id text primary key references buyer_order (id), product text not null, buyer text not null,
        fit text not null, at text not null
      ) strict;
    `
  },
  {
    id: "catalog-0006",
    sql: `
      create table cost_entry (
        id text primary key, product text not null references product (name), amount_minor integer not null,
        phase text not null check (phase in ('purchase', 'research', 'development', 'operation')),
        is_capitalised integer not null, treatment text not null check (treatment in ('intangible', 'inventory')),
        life_months integer not null, at text not null
      ) strict;
      create trigger cost_entry_stays before update on cost_entry begin select raise(abort, 'append-only'); end;
      create trigger cost_entry_is_kept before delete on cost_entry begin select raise(abort, 'append-only'); end;
      create table comparables (
        product text not null references product (name), document text not null, imported_at text not null
      ) strict;
    `
  },
  {
    id: "catalog-0007",
    sql: `
      create table income_forecast (
        product text not null references product (name), document text not null, imported_at text not null
      ) strict;
    `
  }
]
