import type { Db } from "#core/records/Records.ts"
import { rhoUnits } from "../dp/accounting/rhoUnits.ts"
import { zcdpEpsilon } from "../dp/accounting/zcdpEpsilon.ts"
import type { BudgetState, Loss } from "./BudgetState.ts"
import { deltaUnits } from "./deltaUnits.ts"
import { heldUnits } from "./heldUnits.ts"
import { readSubCaps } from "./readSubCaps.ts"
import { spentBeside } from "./spentBeside.ts"
import type { SpentUnits as Sums } from "./spentBeside.ts"

/** The delta at which a spent rho is shown as eps. */
const CONVERSION_DELTA = 1e-9

/**
 * Adds up the ledger of one population, exactly.
 * @param at  ISO instant: holds whose time is over by then count no longer
 */
export function readBudget(db: Db, population: string, at: string): BudgetState {
  const cap = db.get<Sums>(
    "select rho_units as rho, delta_units as delta from budget_cap where population = $population",
    {
      population
    }
  )!
  const by = <Name extends "product" | "buyer" | "month">(name: Name) =>
    db.all<Sums & { readonly [N in Name]: string } & { readonly releases: number }>(
      `select ${name}, count(*) filter (where kind = 'release') as releases, sum(rho_units) as rho, sum(delta_units) as delta
       from budget_entry where population = $population and ${name} is not null group by ${name} order by ${name}`,
      { population }
    )
  const products = by("product")
  const [spent, months] = [spentBeside(db, population), by("month")]
  const held = heldUnits(db, population, at)
  const left = less(less(cap, spent), held)
  const fullest = months.reduce((most, { rho }) => Math.max(most, rho), 0)
  return {
    population,
    cap: toLoss(cap),
    spent: toLoss(spent),
    held: toLoss(held),
    left: toLoss(left),
    spentUnits: BigInt(spent.rho),
    leftUnits: BigInt(left.rho),
    capUnits: BigInt(cap.rho),
    wholeUnits: BigInt(spent.rho) - BigInt(fullest),
    months: months.map((own) => ({ month: own.month, units: BigInt(own.rho), spent: toLoss(own) })),
    allMonths: toLoss(products.reduce(added, { rho: 0, delta: 0 })),
    products: products.map((own) => ({ product: own.product, releases: own.releases, spent: toLoss(own) })),
    buyers: by("buyer").map((own) => ({ buyer: own.buyer, releases: own.releases, spent: toLoss(own) })),
    subCaps: readSubCaps(db, population).map(({ scope, name, cap: own, spent: used }) => ({
      scope,
      name,
      cap: toLoss({ rho: own, delta: 0 }),
      spent: toLoss(used),
      left: toLoss({ rho: Math.max(0, own - used.rho), delta: 0 })
    }))
  }
}

const added = (a: Sums, b: Sums): Sums => ({ rho: a.rho + b.rho, delta: a.delta + b.delta })
const less = (a: Sums, b: Sums): Sums => ({
  rho: Math.max(0, a.rho - b.rho),
  delta: Math.max(0, a.delta - b.delta)
})

function toLoss({ rho: units, delta }: Sums): Loss {
  if (units === 0) return { rho: 0, epsilon: 0, delta: deltaUnits.toDelta(delta) }
  const rho = rhoUnits.toRho(BigInt(units))
  return { rho, epsilon: zcdpEpsilon(rho, CONVERSION_DELTA), delta: CONVERSION_DELTA + deltaUnits.toDelta(delta) }
}
