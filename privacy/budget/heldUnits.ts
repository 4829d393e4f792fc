import type { Db } from "#core/records/Records.ts"
import type { SpentUnits } from "./spentBeside.ts"

/** Whose holds are meant, and which one is not. */
export interface HoldFilter {
  readonly scope?: "buyer" | "product"
  readonly name?: string
  /** id of a hold that is about to become a charge: it does not stand in its own way */
  readonly except?: string
}

/**
 * What is held for releases that were ordered and are not made: nobody else may spend it, though it is not spent. A hold whose time is
 * over counts no longer.
 * @param at  ISO instant
 */
export function heldUnits(db: Db, population: string, at: string, filter: HoldFilter = {}): SpentUnits {
  const { scope, name, except } = filter
  return db.get<SpentUnits>(
    `select coalesce(sum(rho_units), 0) as rho, coalesce(sum(delta_units), 0) as delta from budget_hold
     where population = $population and outcome is null and (until is null or until > $at) and id is not $except
       and ($scope is null or $name = case $scope when 'buyer' then buyer else product end)`,
    { population, at, scope: scope ?? null, name: name ?? null, except: except ?? null }
  )!
}
