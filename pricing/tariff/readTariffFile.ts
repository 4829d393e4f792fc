import { Schema } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { decodeInput } from "../evidence/decodeInput.ts"
import { readDecimal, unitsAt } from "./Decimal.ts"
import type { Decimal } from "./Decimal.ts"
import type { Tariff, Tier } from "./Tariff.ts"

const Quantity = Schema.Union([Schema.Finite, Schema.String])
const TariffFile = Schema.Struct({
  tiers: Schema.NonEmptyArray(Schema.Struct({ upTo: Schema.NullOr(Quantity), unit: Schema.String })),
  quantity: Quantity
})

/** A tariff and the quantity to charge by it. */
export interface TariffFile {
  readonly tariff: Tariff
  readonly quantity: Decimal
}

/**
 * Reads the document that `assay tariff FILE` takes: `{ tiers: [{ upTo: 10000, unit: "0.50 CNY" }, ..., { upTo: null, unit: "0.20 CNY" }], quantity }`.
 * A rate may have any number of decimals ("0.0035 CNY"), a quantity too; a quantity of many digits is best written as text.
 *
 * @throws  BadInput for tiers that do not rise, leave a hole, cost more at the margin or mix currencies, and for a negative quantity
 * @source  pricing.md, Further rules: half-open intervals, non-increasing marginal rates
 */
export function readTariffFile(json: unknown): TariffFile {
  const read = decodeInput(TariffFile, json, "tariff file")
  const quantity = readDecimal(read.quantity)
  if (quantity === undefined)
    throw wrong(
      "quantity",
      "The quantity is not a number of zero or more.",
      "Write how many units were used, such as 130000."
    )

  let currency: string | undefined
  const tiers: Array<Tier> = []
  for (const [i, { upTo, unit }] of read.tiers.entries()) {
    const last = i === read.tiers.length - 1
    const [amount, code, ...rest] = unit.split(" ")
    const perUnit = readDecimal(amount ?? "")
    if (perUnit === undefined || code === undefined || rest.length > 0 || !/^[A-Z]{3}$/.test(code)) {
      throw wrong(`tiers.${i}.unit`, "A tier's unit price is not an amount of money.", "Write it as 0.50 CNY.")
    }
    currency ??= code
    if (code !== currency)
      throw wrong(`tiers.${i}.unit`, `The tiers mix ${currency} and ${code}.`, "Write all tiers in one currency.")
    const end = upTo === null ? null : readDecimal(upTo)
    if (end === undefined || (end === null) !== last) {
      throw wrong(
        `tiers.${i}.upTo`,
        "Every tier ends at a number, and the last one at null.",
        "Give the last tier upTo: null and every other its end."
      )
    }
    // A rate is per whole currency unit of 100 minor ones.
    const tier = { upTo: end, rate: { units: perUnit.units * 100n, scale: perUnit.scale } }
    const previous = tiers.at(-1)
    if (end !== null && !isLess(previous?.upTo ?? { units: 0n, scale: 0 }, end)) {
      throw wrong(
        `tiers.${i}.upTo`,
        "The tiers do not rise.",
        "Order the tiers by upTo; each must end after the one before."
      )
    }
    if (previous !== undefined && isLess(previous.rate, tier.rate)) {
      throw wrong(
        `tiers.${i}.unit`,
        "A later tier costs more at the margin, so splitting the use over accounts would be cheaper.",
        "Let unit prices stay or fall from tier to tier."
      )
    }
    tiers.push(tier)
  }
  return { tariff: { currency: currency!, tiers }, quantity }
}

function isLess(a: Decimal, b: Decimal): boolean {
  const scale = Math.max(a.scale, b.scale)
  return unitsAt(a, scale) < unitsAt(b, scale)
}

const wrong = (field: string, message: string, fix: string): BadInput =>
  new BadInput({ code: "tariff.form", message, fix, where: { field } })
