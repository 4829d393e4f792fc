import type { Migration } from "#core/records/migrate.ts"

/**
 * The ledger of privacy loss: append-only, one entry per charge in units of 2^-40 rho and 2^-60 delta, one cap over all
 * products, buyers and time for the one population of a home (1199331560561 units: rho 1.0907857, eps 10 at
 * delta 1e-9; the deltas of key selection may come to 1e-4).
 */
export const budgetMigrations: ReadonlyArray<Migration> = [
  {
    id: "budget-0001",
    sql: `
      create table budget_cap (
        population text primary key,
        rho_units integer not null check (rho_units >= 0),
        delta_units integer not null check (delta_units >= 0)
      ) strict;
      insert into budget_cap values ('home', 1199331560561, 115292150460684);

      create table budget_entry (
        release_id text primary key,
        population text not null references budget_cap,
        kind text not null check (kind in ('release', 'census')),
        period text not null,
        epoch integer not null,
        purpose text not null,
        buyer text not null,
        product text not null,
        plan_hash text not null,
        rho_units integer not null check (rho_units > 0),
        delta_units integer not null check (delta_units >= 0),
        reserved_at text not null
      ) strict;
      create unique index budget_entry_plan on budget_entry (population, plan_hash, period, kind);

      create table budget_commit (
        release_id text primary key references budget_entry,
        committed_at text not null
      ) strict;

      create table answer (
        plan_hash text not null,
        period text not null,
        release_id text not null unique references budget_entry,
        version text not null,
        certificate text not null,
        primary key (plan_hash, period)
      ) strict;

      create table census (
        release_id text primary key references budget_entry,
        asset text not null,
        subjects integer not null,
        half_width integer not null
      ) strict;

      create trigger budget_entry_stays before update on budget_entry begin select raise(abort, 'append-only'); end;
      create trigger budget_entry_is_kept before delete on budget_entry begin select raise(abort, 'append-only'); end;
      create trigger budget_commit_stays before update on budget_commit begin select raise(abort, 'append-only'); end;
      create trigger budget_commit_is_kept before delete on budget_commit begin select raise(abort, 'append-only'); end;
    `
  },
  {
    // Sub-caps lie below the one cap and only ever refuse more; a later row for the same name replaces the earlier.
    id: "budget-0002",
    sql: `
      create table budget_sub_cap (
        population text not null references budget_cap,
        scope text not null check (scope in ('buyer', 'product')),
        name text not null,
        rho_units integer not null check (rho_units >= 0),
        set_at text not null,
        primary key (population, scope, name)
      ) strict;
    `
  },
  {
    // Bounds that a release has found and paid for, before its figures are drawn: JSON, released numbers.
    id: "budget-0003",
    sql: `
      create table found_bounds (
        release_id text primary key references budget_entry,
        bounds text not null
      ) strict;
    `
  },
  {
    // A charge that protects the months of subjects one by one names its month; the others touch every month.
    // Personal caps: what a subject allows, and what each release since has cost it; 0 where it took no part.
    id: "budget-0004",
    sql: `
      alter table budget_entry add column month text;

      create table personal_cap (
        subject text primary key,
        rho_units integer not null check (rho_units >= 0),
        set_at text not null
      ) strict;

      create table personal_spend (
        subject text not null,
        release_id text not null references budget_entry,
        rho_units integer not null check (rho_units >= 0),
        primary key (subject, release_id)
      ) strict;

      create trigger personal_spend_stays before update on personal_spend begin select raise(abort, 'append-only'); end;
    `
  },
  {
    // Kept free for a release that was ordered and is not made. `until` is null once it was paid for; its outcome comes once.
    id: "budget-0005",
    sql: `
      create table budget_hold (
        id text primary key,
        population text not null references budget_cap,
        purpose text not null,
        buyer text not null,
        product text not null,
        rho_units integer not null check (rho_units > 0),
        delta_units integer not null check (delta_units >= 0),
        held_at text not null,
        until text,
        outcome text check (outcome in ('charged', 'released')),
        ended_at text,
        release_id text references budget_entry
      ) strict;
      create trigger budget_hold_ends_once before update on budget_hold when old.outcome is not null
        begin select raise(abort, 'append-only'); end;
      create trigger budget_hold_is_kept before delete on budget_hold begin select raise(abort, 'append-only'); end;
    `
  },
  {
    // A higher sub-cap than the one that holds takes two people: it waits here until another approves it.
    id: "budget-0006",
    sql: `
      create table budget_cap_raise (
        id text primary key,
        population text not null references budget_cap,
        scope text not null check (scope in ('buyer', 'product')),
        name text not null,
        rho_units integer not null check (rho_units >= 0),
        asked_by text not null,
        asked_at text not null,
        outcome text check (outcome in ('approved', 'superseded')),
        approved_by text check ((approved_by is null) = (outcome is null or outcome = 'superseded')),
        ended_at text
      ) strict;
      create unique index budget_cap_raise_waits on budget_cap_raise (population, scope, name) where outcome is null;
      create trigger budget_cap_raise_ends_once before update on budget_cap_raise when old.outcome is not null
        begin select raise(abort, 'append-only'); end;
      create trigger budget_cap_raise_is_kept before delete on budget_cap_raise begin select raise(abort, 'append-only'); end;
    `
  }
]
