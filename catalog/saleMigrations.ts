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
  },
  {
    id: "sale-0002",
    // One trial for a buyer and a product, for ever: opened again it would have no bounds. Tokens are kept as SHA-256 only.
    sql: `
      create table trial (
        id text primary key, buyer text not null, product text not null references product (name),
        version_id text not null references product_version (id), purpose text not null, started_at text not null,
        ends_at text not null, calls_cap integer not null, spend_minor integer not null, currency text not null,
        key text not null, unique (buyer, product), unique (buyer, key)
      ) strict;
      create table trial_use (
        trial text not null references trial (id), period text not null, calls integer not null, outputs integer not null,
        primary key (trial, period)
      ) strict, without rowid;
      create table trial_end (trial text primary key references trial (id), at text not null) strict;
      create table trial_order (
        trial text primary key references trial (id), order_id text not null unique references buyer_order (id)
      ) strict;
      create table api_key (
        id text primary key, prefix text not null, token_hash text not null unique, holder text not null, buyer text not null,
        product text not null, scopes text not null, created_at text not null, expires_at text not null, revoked_at text,
        last_used_at text
      ) strict;
      create index api_key_holder on api_key (holder);
    `
  },
  {
    id: "sale-0003",
    // A backup that was restored into a folder of its own and checked: evidence that it can be.
    sql: `
      create table restore_drill (
        id text primary key, at text not null, is_sound integer not null, document text not null
      ) strict;
      create trigger restore_drill_stays before update on restore_drill begin select raise(abort, 'append-only'); end;
      create trigger restore_drill_is_kept before delete on restore_drill begin select raise(abort, 'append-only'); end;
    `
  },
  {
    id: "sale-0004",
    // Who shares in a product's revenue since which month; what a month came to; costs by asset; the company's own revenue; what late updates
    // give back; and who verified a buyer on which evidence.
    sql: `
      create table revenue_share (
        product text not null references product (name), since text not null, document text not null, by text not null,
        set_at text not null, primary key (product, since, set_at)
      ) strict, without rowid;
      create table revenue_booking (
        product text not null, month text not null, currency text not null, document text not null, booked_at text not null,
        primary key (product, month, currency)
      ) strict, without rowid;
      create table asset_cost (
        id text primary key, asset text not null, kind text not null check (kind in ('entered', 'cpu', 'storage')),
        quantity real not null, amount_minor integer not null, currency text not null,
        phase text not null check (phase in ('purchase', 'research', 'development', 'operation')),
        is_capitalised integer not null, treatment text not null check (treatment in ('intangible', 'inventory')),
        life_months integer not null, at text not null, note text not null, operation text not null,
        unique (operation, asset)
      ) strict;
      create index asset_cost_asset on asset_cost (asset);
      create table total_revenue (
        seq integer primary key autoincrement, month text not null, currency text not null, minor integer not null,
        source text not null, by text not null, at text not null
      ) strict;
      create index total_revenue_month on total_revenue (month, currency);
      create table sla_credit (
        id text primary key, order_id text not null references buyer_order (id), due_version text not null, document text not null,
        state text not null check (state in ('proposed', 'credited', 'dismissed')), by text, reason text, credit_note text,
        at text not null, unique (order_id)
      ) strict;
      create table buyer_verification (
        seq integer primary key autoincrement, buyer text not null, legal_entity text not null, country text not null,
        tax_id text, by text not null, evidence text not null, at text not null, confirmed_by text, confirmed_at text
      ) strict;
      create index buyer_verification_buyer on buyer_verification (buyer);
      create trigger revenue_booking_stays before update on revenue_booking begin select raise(abort, 'append-only'); end;
      create trigger asset_cost_stays before update on asset_cost begin select raise(abort, 'append-only'); end;
      create trigger asset_cost_is_kept before delete on asset_cost begin select raise(abort, 'append-only'); end;
      create trigger total_revenue_stays before update on total_revenue begin select raise(abort, 'append-only'); end;
      create trigger buyer_verification_is_kept before delete on buyer_verification begin select raise(abort, 'append-only'); end;
    `
  },
  {
    id: "sale-0005",
    // The industry of a buyer, by the letter of its section in GB/T 4754; and who was barred from buying, by whom and why, until another lifted it.
    sql: `
      create table buyer_industry (buyer text primary key, industry text not null) strict;
      create table buyer_block (
        seq integer primary key autoincrement, buyer text not null, reason text not null, by text not null, at text not null,
        lifted_by text, lifted_at text
      ) strict;
      create unique index buyer_block_open on buyer_block (buyer) where lifted_at is null;
      create trigger buyer_block_is_kept before delete on buyer_block begin select raise(abort, 'append-only'); end;
    `
  }
]
