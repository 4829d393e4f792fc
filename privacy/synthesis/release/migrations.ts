import type { Migration } from "#core/records/migrate.ts"

/**
 * The noisy marginals that synthetic releases paid for: kept before rows are made of them, so that a release that died goes on
 * with what it drew, and later products over the same asset and period need not buy them again.
 */
export const synthesisMigrations: ReadonlyArray<Migration> = [
  {
    id: "synthesis-0001",
    sql: `
      create table noisy_marginals (
        release_id text primary key references budget_entry,
        asset text not null,
        period text not null,
        rows_per_subject integer not null,
        document text not null
      ) strict;
      create trigger noisy_marginals_stay before update on noisy_marginals begin select raise(abort, 'append-only'); end;
      create trigger noisy_marginals_are_kept before delete on noisy_marginals begin select raise(abort, 'append-only'); end;
    `
  }
]
