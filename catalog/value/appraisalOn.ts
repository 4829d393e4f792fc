import type { Db } from "#core/records/Records.ts"
import { blendBase } from "#pricing/base/blendBase.ts"
import type { Appraisal } from "#pricing/base/blendBase.ts"
import { costMethod } from "#pricing/base/costMethod.ts"
import { incomeMethod } from "#pricing/base/incomeMethod.ts"
import { marketMethod } from "#pricing/base/marketMethod.ts"
import { readComparables } from "#pricing/base/readComparables.ts"
import { readIncome } from "#pricing/base/readIncome.ts"
import type { Evidence } from "#pricing/evidence/Evidence.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import type { CostEntry } from "#pricing/value/bookValue.ts"
import { assetCostsOf } from "./assetCosts.ts"

/** A file that somebody has handed in, and when. */
interface Imported {
  readonly document: string
  readonly importedAt: string
}

/** Everything on record that an appraisal of a product may rest on, oldest first. */
export interface Grounds {
  readonly costs: ReadonlyArray<CostEntry>
  readonly comparables: ReadonlyArray<Imported>
  readonly income: ReadonlyArray<Imported>
}

/** Reads what a product's appraisals rest on; its part of what its assets cost is by the lineage of its newest version. */
export const groundsOf = (db: Db, product: string, currency: string): Grounds => ({
  costs: [...costsOf(db, product), ...assetCostsOf(db, product, currency)],
  comparables: imports(db, "comparables", product),
  income: imports(db, "income_forecast", product)
})

/** The file that counts now. */
export const newest = (db: Db, table: "comparables" | "income_forecast", product: string): Imported | undefined =>
  imports(db, table, product).at(-1)

const imports = (db: Db, table: "comparables" | "income_forecast", product: string): ReadonlyArray<Imported> =>
  db.all<Imported & object>(
    `select document, imported_at as importedAt from ${table} where product = $product order by rowid`,
    { product }
  )

/**
 * What the three methods said of a product on a day, by what was on record by its end.
 *
 * @param at  ISO day or instant
 */
export function appraisalOn(
  { costs, comparables, income }: Grounds,
  base: Evidence | undefined,
  at: string
): Appraisal {
  const day = at.slice(0, 10)
  const by = (files: ReadonlyArray<Imported>): unknown => {
    const found = files.findLast(({ importedAt }) => importedAt.slice(0, 10) <= day)
    return found === undefined ? undefined : JSON.parse(found.document)
  }
  const [compared, expected] = [by(comparables), by(income)]
  const amounts = costs.filter((one) => one.at.slice(0, 10) <= day).map(({ amount }) => amount)
  const neutral = (field: string, value: number) => publicNumber(value, "factor", `appraisal:default#${field}`, at)
  const total = amounts.reduce((sum, { value }) => sum + value, 0)
  const cost =
    total > 0 && amounts.every(({ value }) => value >= 0)
      ? costMethod({ costs: amounts, margin: neutral("return", 0.1), usefulness: neutral("U", 1) }, at)
      : undefined
  const earned = expected === undefined ? undefined : incomeMethod(readIncome(expected), at)
  const market = compared === undefined ? undefined : marketMethod(readComparables(compared), at)
  return blendBase(
    [cost, earned, market].flatMap((one) => (one === undefined ? [] : [one])),
    base,
    at
  )
}

interface CostRow {
  readonly id: string
  readonly amount_minor: number
  readonly phase: CostEntry["phase"]
  readonly is_capitalised: number
  readonly treatment: CostEntry["treatment"]
  readonly life_months: number
  readonly at: string
}

const costsOf = (db: Db, product: string): ReadonlyArray<CostEntry> =>
  db.all<CostRow>("select * from cost_entry where product = $product order by at, id", { product }).map((row) => ({
    amount: publicNumber(row.amount_minor, "minor", `cost-ledger#${row.id}`, row.at),
    phase: row.phase,
    isCapitalised: row.is_capitalised === 1,
    treatment: row.treatment,
    lifeMonths: row.life_months,
    at: row.at
  }))
