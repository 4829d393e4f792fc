import type { Migration } from "#core/records/migrate.ts"

/** Tariffs as they were set, each for good; the newest at the time of a sale is the one that holds for it. */
export const compensationMigrations: ReadonlyArray<Migration> = [
  {
    id: "compensation-0001",
    sql: `
      create table compensation_tariff (
        seq integer primary key autoincrement, document text not null, by text not null, at text not null
      ) strict;
    `
  }
]
