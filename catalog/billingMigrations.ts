import type { Migration } from "#core/records/migrate.ts"

const appendOnly = (table: string): string => `
  create trigger ${table}_stays before update on ${table} begin select raise(abort, 'append-only'); end;
  create trigger ${table}_is_kept before delete on ${table} begin select raise(abort, 'append-only'); end;
`

/** What money and metering need: the journal, usage, invoices, and who is invoiced under which tax. */
export const billingMigrations: ReadonlyArray<Migration> = [
  {
    id: "billing-0001",
    // Debits are positive, credits negative; the lines of an entry sum to zero. One entry for one thing that happened.
    sql: `
      create table journal_entry (
        id text primary key, kind text not null, operation text not null, currency text not null, at text not null,
        note text not null, unique (kind, operation)
      ) strict;
      create table journal_line (
        entry text not null references journal_entry (id), position integer not null, account text not null,
        minor integer not null, primary key (entry, position)
      ) strict, without rowid;
      create index journal_line_account on journal_line (account);
      ${appendOnly("journal_entry")}
      ${appendOnly("journal_line")}
    `
  },
  {
    id: "billing-0002",
    // An event is kept for ever: its key must never be free for another meaning. \`period\` is the month it is charged in.
    sql: `
      create table usage_event (
        tenant text not null, meter text not null, source text not null, id text not null,
        product text not null, version text not null, quantity integer not null, at text not null, period text not null,
        digest blob not null, corrects text,
        primary key (tenant, meter, source, id)
      ) strict, without rowid;
      create table usage_total (
        tenant text not null, meter text not null, product text not null, version text not null, period text not null,
        quantity integer not null, events integer not null, chain blob not null, late integer not null,
        primary key (tenant, meter, product, version, period)
      ) strict, without rowid;
      create table usage_closed (tenant text primary key, through text not null) strict;
      ${appendOnly("usage_event")}
    `
  },
  {
    id: "billing-0003",
    sql: `
      create table tax_rate (
        country text not null, since text not null, basis_points integer not null check (basis_points between 0 and 10000),
        note text not null, primary key (country, since)
      ) strict, without rowid;
      insert into tax_rate values ('CN', '2016-05-01', 600, 'value-added tax on information services');
      create table buyer_tax_id (buyer text primary key, tax_id text not null) strict;
      create table meter_tariff (
        product text not null references product (name), meter text not null, since text not null, document text not null,
        hash text not null, primary key (product, meter, since)
      ) strict, without rowid;
      create table invoice (
        number text primary key, kind text not null check (kind in ('invoice', 'credit note')), buyer text not null,
        period text not null, operation text not null, currency text not null, net_minor integer not null,
        tax_minor integer not null, issued_at text not null, document text not null, hash text not null,
        unique (kind, operation)
      ) strict;
      create index invoice_buyer on invoice (buyer, issued_at);
      create table entitlement_end (
        order_id text primary key references buyer_order (id), at text not null, reason text not null, key text unique
      ) strict;
      ${appendOnly("invoice")}
    `
  },
  {
    id: "billing-0004",
    // One certificate for the bytes of an order in a format: delivered again, they are certified by the same one.
    sql: `
      create table delivery_certificate (
        order_id text not null references buyer_order (id), format text not null, sha256 text not null,
        document text not null, primary key (order_id, format, sha256)
      ) strict, without rowid;
      ${appendOnly("delivery_certificate")}
    `
  },
  {
    id: "billing-0005",
    // Tokens are kept as SHA-256 only. \`artefact\` of a shared table is the file that is shared, \`made_of\` the version's or offer's own.
    sql: `
      create table share_recipient (
        id text primary key, order_id text not null references buyer_order (id), token_hash text not null unique,
        created_at text not null, expires_at text not null, revoked_at text
      ) strict;
      create table share_artefact (
        made_of text primary key, artefact text not null, bytes integer not null, rows integer not null,
        columns text not null, made_at text not null
      ) strict;
    `
  },
  {
    id: "billing-0006",
    // What an order is for; an older one is for its product's own purpose.
    sql: `
      create table order_purpose (order_id text primary key references buyer_order (id), purpose text not null) strict;
      ${appendOnly("order_purpose")}
    `
  }
]
