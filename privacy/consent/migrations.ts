import type { Migration } from "#core/records/migrate.ts"

/**
 * What the records know of consent. Subjects have dense ordinals that are never given again; a subject's salt is destroyed by setting `salt`,
 * `key` and `pseudonym` to null. States of a subject and of a grant: ACTIVE, FROZEN, WITHDRAWN, ERASED. Every change of a subject's state
 * is one row of `consent_change` under an epoch of its own, so "who was frozen since" is a range.
 *
 * The licences of records stand in the warehouse, one for each subject and interned terms; only terms and states stand here.
 */
export const consentMigrations: ReadonlyArray<Migration> = [
  {
    id: "consent-0001",
    sql: `
      create table consent_registry (version integer primary key, digest text not null, at integer not null) strict;
      create table consent_recipient (bit integer primary key check (bit between 0 and 62), id text not null unique) strict;
      create table licence_terms (terms integer primary key, document text not null unique) strict;
      create table subject (
        subj integer primary key check (subj > 0),
        key text unique, salt blob, pseudonym text unique,
        state text not null default 'ACTIVE' check (state in ('ACTIVE', 'FROZEN', 'WITHDRAWN', 'ERASED')),
        seq integer not null default 0, head text
      ) strict;
      create table consent_grant (
        digest text primary key, subj integer not null references subject (subj), seq integer not null check (seq > 0), prev text,
        state text not null check (state in ('ACTIVE', 'FROZEN', 'WITHDRAWN', 'ERASED')),
        nbf integer not null, exp integer not null, evidence integer not null check (evidence between 1 and 3),
        terms integer not null references licence_terms (terms), token text not null,
        epoch integer not null, accepted_at integer not null,
        unique (subj, seq)
      ) strict;
      create table consent_change (
        epoch integer primary key, subj integer not null references subject (subj),
        state text not null check (state in ('ACTIVE', 'FROZEN', 'WITHDRAWN', 'ERASED')),
        grant_digest text, at integer not null
      ) strict;
      create index consent_change_subject on consent_change (subj, epoch);
      create table consent_nonce (nonce text primary key, subj integer not null, expires integer not null) strict;
      create table consent_refusal (seq integer primary key autoincrement, reason text not null, token_digest text not null, at integer not null) strict;
      create table consent_operation (
        id text primary key, action text not null, purpose text, recipient text not null, categories text not null, evidence integer not null,
        as_of integer not null, epoch integer not null, asset text not null, run text not null,
        rows_in integer not null, rows_out integer not null, denied text not null,
        bitmap_digest text not null, plan_digest text not null, at integer not null
      ) strict;
      create index consent_operation_asset on consent_operation (asset, at);
    `
  },
  {
    // The latest second that anything was written at is asked for at every decision.
    id: "consent-0002",
    sql: `
      create index consent_operation_at on consent_operation (at);
      create index consent_change_at on consent_change (at);
      create index consent_refusal_at on consent_refusal (at);
    `
  },
  {
    // What a customer's passkey signed is evidence: it is kept beside the grant, and leaves with it.
    id: "consent-0003",
    sql: "alter table consent_grant add column assertion text;"
  }
]
