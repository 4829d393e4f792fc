import type { Migration } from "#core/records/migrate.ts"

/**
 * Revocations with what their receipts say, and the keyed hashes of subjects that were erased: a source that is loaded again with a row of one of
 * them gives it a new ordinal, which is ERASED from the start.
 */
export const revocationMigrations: ReadonlyArray<Migration> = [
  {
    id: "consent-revocation-0001",
    sql: `
      create table consent_revocation (
        operation text primary key, subj integer not null references subject (subj), epoch integer not null unique,
        document text not null, at integer not null, settled_at integer
      ) strict;
      create index consent_revocation_subject on consent_revocation (subj, epoch);
      create table consent_tombstone (key text primary key, at integer not null) strict;
      create trigger subject_stays_erased after insert on subject
      when exists (select 1 from consent_tombstone t where t.key = new.key) begin
        update subject set state = 'ERASED', key = null, salt = null where subj = new.subj;
        update epoch set value = value + 1;
        insert into consent_change select value, new.subj, 'ERASED', null, unixepoch() from epoch;
      end;
    `
  }
]
