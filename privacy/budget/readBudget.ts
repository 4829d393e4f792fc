import type { Db } from "#core/records/Records.ts"
import { rhoUnits } from "../dp/accounting/rhoUnits.ts"
import { zcdpEpsilon } from "../dp/accounting/zcdpEpsilon.ts"
import type { BudgetState, Loss } from "./BudgetState.ts"
import { deltaUnits } from "./deltaUnits.ts"

/** The delta at which a spent rho is shown as eps. */
const CONVERSION_DELTA = 1e-9

interface Sums {
  readonly rho: number
  readonly delta: number
}

/** Adds up the ledger of one population, exactly. */
export function readBudget(db: Db, population: string): BudgetState {
  const cap = db.get<Sums>(
    "select rho_units as rho, delta_units as delta from budget_cap where population = $population",
    {
      population
    }
  )!
  const products = db.all<Sums & { product: string; releases: number }>(
    `select product, count(*) filter (where kind = 'release') as releases, sum(rho_units) as rho, sum(delta_units) as delta
     from budget_entry where population = $population group by product order by product`,
    { population }
  )
  const spent = products.reduce((sum, own) => ({ rho: sum.rho + own.rho, delta: sum.delta + own.delta }), {
    rho: 0,
    delta: 0
  })
  const left = { rho: Math.max(0, cap.rho - spent.rho), delta: Math.max(0, cap.delta - spent.delta) }
  return {
    population,
    cap: toLoss(cap),
    spent: toLoss(spent),
    left: toLoss(left),
    spentUnits: BigInt(spent.rho),
    leftUnits: BigInt(left.rho),
    products: products.map((own) => ({ product: own.product, releases: own.releases, spent: toLoss(own) }))
  }
}

function toLoss({ rho: units, delta }: Sums): Loss {
  if (units === 0) return { rho: 0, epsilon: 0, delta: deltaUnits.toDelta(delta) }
  const rho = rhoUnits.toRho(BigInt(units))
  return { rho, epsilon: zcdpEpsilon(rho, CONVERSION_DELTA), delta: CONVERSION_DELTA + deltaUnits.toDelta(delta) }
}
