import type { Migration } from "#core/records/migrate.ts"

/** Releases that are made for an order, trials, keys, and what a sale leaves in the books besides its invoice. */
export const saleMigrations: ReadonlyArray<Migration> = [
  {
    id: "sale-0001",
    // An order for more accuracy than its version has; what it will cost of the budget is held under the order's id. The release that is
    // made for the first of them is everybody's afterwards: one question has one answer.
    sql: `
      create table accuracy_order (
        order_id text primary key references buyer_order (id), version_id text not null references product_version (id),
        offer text not null, accuracy real not null, epsilon real not null, delta real not null, rho_units integer not null
      ) strict;
      create index accuracy_order_offer on accuracy_order (version_id, offer);
      create table accuracy_release (
        version_id text not null references product_version (id), offer text not null, artefact text not null,
        release text not null, document text not null, epsilon real not null, delta real not null, made_at text not null,
        primary key (version_id, offer)
      ) strict;
      create table order_cancelled (
        order_id text primary key references buyer_order (id), at text not null, reason text not null
      ) strict;
      create trigger accuracy_release_stays before update on accuracy_release begin select raise(abort, 'append-only'); end;
      create trigger accuracy_release_is_kept before delete on accuracy_release begin select raise(abort, 'append-only'); end;
    `
  }
]
