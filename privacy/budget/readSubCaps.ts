import type { Db } from "#core/records/Records.ts"
import type { SpentUnits } from "./spentBeside.ts"
import type { SubCap } from "./SubCap.ts"

export interface SubCapRow {
  readonly scope: SubCap["scope"]
  readonly name: string
  /** units of 2^-40 */
  readonly cap: number
  readonly spent: SpentUnits
}

/** The sub-caps of a population with what its ledger has charged below each. */
export function readSubCaps(db: Db, population: string): ReadonlyArray<SubCapRow> {
  return db
    .all<{ scope: SubCap["scope"]; name: string; cap: number; rho: number; delta: number }>(
      `select scope, name, c.rho_units as cap, coalesce(sum(e.rho_units), 0) as rho, coalesce(sum(e.delta_units), 0) as delta
       from budget_sub_cap c left join budget_entry e
         on e.population = c.population and case scope when 'buyer' then e.buyer else e.product end = c.name
       where c.population = $population group by scope, name order by scope, name`,
      { population }
    )
    .map(({ rho, delta, ...row }) => ({ ...row, spent: { rho, delta } }))
}
