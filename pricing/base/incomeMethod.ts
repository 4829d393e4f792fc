import { derivedNumber } from "../evidence/derivedNumber.ts"
import type { Evidence } from "../evidence/Evidence.ts"
import type { MethodValue } from "./MethodValue.ts"

/** What the income method reads. */
export interface IncomeInputs {
  /** The data's share of the benefit, 0 to 1. */
  readonly share: Evidence
  /** Expected benefit of year 1, 2, ... in minor units, and the chance that it is still there then. */
  readonly years: ReadonlyArray<{ readonly benefit: Evidence; readonly survival: Evidence }>
  /** Discount rate a year, above -1. */
  readonly rate: Evidence
  /** Licences expected to be sold, at least 1. */
  readonly licences: Evidence
}

/**
 * Values a product at what a licence is expected to bring: sum of share x benefit_t x survival_t / (1 + r)^t over the expected licences.
 *
 * @returns  undefined where no year is forecast
 * @throws   RangeError if a share, chance, rate or the licences are out of their ranges: a bug in the caller
 * @source   pricing.md, Base price
 */
export function incomeMethod({ share, years, rate, licences }: IncomeInputs, when: string): MethodValue | undefined {
  if (years.length === 0) return undefined
  const isShare = (one: Evidence): boolean => one.value >= 0 && one.value <= 1
  if (!isShare(share) || !(rate.value > -1) || !(licences.value >= 1))
    throw new RangeError("incomeMethod: share, rate or licences out of range")
  if (years.some(({ benefit, survival }) => !(benefit.value >= 0) || !isShare(survival)))
    throw new RangeError("incomeMethod: a benefit or a survival is out of range")
  const present = years.reduce(
    (sum, { benefit, survival }, i) =>
      sum + (share.value * benefit.value * survival.value) / (1 + rate.value) ** (i + 1),
    0
  )
  const evidence = [share, rate, licences, ...years.flatMap(({ benefit, survival }) => [benefit, survival])]
  return {
    method: "income",
    value: derivedNumber(present / licences.value, "minor", "method:income", when, evidence),
    n: years.length,
    evidence
  }
}
