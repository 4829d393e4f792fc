import { Schema } from "effect"
import { BadInput } from "#core/BadInput.ts"
import type { Money } from "#core/money/Money.ts"
import { parseMoney } from "#core/money/parseMoney.ts"
import { decodeInput } from "../evidence/decodeInput.ts"
import { publicNumber } from "../evidence/publicNumber.ts"
import type { IncomeInputs } from "./incomeMethod.ts"

const Share = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))
const IncomeFile = Schema.Struct({
  /** Who forecast it. */
  source: Schema.NonEmptyString,
  date: Schema.String.check(Schema.isPattern(/^\d{4}-\d\d-\d\d$/, { expected: "a day such as 2026-11-22" })),
  share: Share,
  rate: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
  licences: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(1)),
  years: Schema.NonEmptyArray(Schema.Struct({ benefit: Schema.String, survival: Schema.optionalKey(Share) }))
})

/**
 * Reads a forecast of income: `{ source, date, share, rate, licences, years: [{ benefit: "100000.00 CNY", survival: 0.9 }] }`, where
 * survival is the chance that the benefit is still there in that year, 1 unless said.
 *
 * @throws  BadInput for a missing, unknown or impossible field, a negative benefit, or two currencies
 */
export function readIncome(json: unknown): IncomeInputs & { readonly currency: string } {
  const { source, date, share, rate, licences, years } = decodeInput(IncomeFile, json, "income file")
  const stated = (field: string, value: number, unit: string) =>
    publicNumber(value, unit, `income:${source}#${field}`, date)
  const benefits: ReadonlyArray<Money> = years.map(({ benefit }) => parseMoney(benefit))
  const currency = benefits[0]!.currency
  const wrong = benefits.findIndex((benefit) => benefit.minor < 0 || benefit.currency !== currency)
  if (wrong >= 0) {
    throw new BadInput({
      code: "income.benefit",
      message: `The benefit of year ${wrong + 1} is not an amount of zero or more in ${currency}.`,
      fix: "Write all benefits in one currency, each of zero or more.",
      where: { field: `years.${wrong}.benefit` }
    })
  }
  return {
    currency,
    share: stated("share", share, "share"),
    rate: stated("rate", rate, "rate"),
    licences: stated("licences", licences, "licence"),
    years: years.map(({ survival }, i) => ({
      benefit: stated(`years.${i}.benefit`, benefits[i]!.minor, "minor"),
      survival: stated(`years.${i}.survival`, survival ?? 1, "share")
    }))
  }
}
