import type { Db } from "#core/records/Records.ts"

/** Whole units of rho (2^-40) and delta (2^-60). */
export interface SpentUnits {
  readonly rho: number
  readonly delta: number
}

/**
 * What is spent already on those whom a charge touches: by everything that touched all months, and by what touched one
 * month alone, which is the charge's own or else the fullest.
 * @param month  the only month that the charge touches; undefined if it touches all
 */
export function spentBeside(db: Db, population: string, month?: string): SpentUnits {
  return db.get<SpentUnits>(
    `with month_spent as (
       select month, sum(rho_units) as rho, sum(delta_units) as delta from budget_entry
       where population = $population and month is not null group by month
     )
     select coalesce(sum(rho_units), 0) + (select coalesce(max(rho), 0) from month_spent where $month is null or month = $month) as rho,
       coalesce(sum(delta_units), 0) + (select coalesce(max(delta), 0) from month_spent where $month is null or month = $month) as delta
     from budget_entry where population = $population and month is null`,
    { population, month: month ?? null }
  )!
}
