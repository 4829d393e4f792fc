import { Schema } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { parseMoney } from "#core/money/parseMoney.ts"
import { decodeInput } from "../evidence/decodeInput.ts"
import { cheapestCalls } from "./cheapestCalls.ts"
import type { CallTier } from "./cheapestCalls.ts"
import type { PricedOffer } from "./PricedOffer.ts"

const Names = Schema.NonEmptyArray(Schema.NonEmptyString)
const MenuFile = Schema.Struct({
  /** Rows by stratum; left out, all rows are one. */
  strata: Schema.optionalKey(Schema.Record(Schema.String, Schema.Finite.check(Schema.isGreaterThan(0)))),
  offers: Schema.NonEmptyArray(
    Schema.Struct({
      id: Schema.NonEmptyString,
      columns: Names,
      /** Strata; left out, all of them. */
      rows: Schema.optionalKey(Names),
      /** Left out, the one version there is. */
      versions: Schema.optionalKey(Names),
      rho: Schema.Finite.check(Schema.isGreaterThan(0)),
      price: Schema.optionalKey(Schema.String),
      /** A price per output of an API that gives these columns row by row, instead of one price. */
      tiers: Schema.optionalKey(
        Schema.NonEmptyArray(
          Schema.Struct({ upTo: Schema.NullOr(Schema.Finite.check(Schema.isGreaterThan(0))), unit: Schema.String })
        )
      )
    })
  )
})

/** A menu as an attack takes it. */
export interface MenuFile {
  readonly currency: string
  /** What each offer costs, bought whole. */
  readonly offers: ReadonlyArray<PricedOffer>
  /** What can be had through the metered channels besides: each stratum alone, and what each offer holds, over as many accounts as help. */
  readonly metered: ReadonlyArray<PricedOffer>
}

/**
 * Reads the document that `assay attack FILE` takes: `{ strata: { north: 1000 }, offers: [{ id, columns, rows, versions, rho, price: "100.00 CNY" }] }`,
 * where an offer may have `tiers` instead of a price, for calls. Tiers are taken as they are, also such as invite gaming: finding that
 * out is what an attack is for.
 *
 * @throws  BadInput naming the field: unknown strata, an id used twice, no price or two, mixed currencies, tiers that do not rise
 */
export function readMenuFile(json: unknown): MenuFile {
  const read = decodeInput(MenuFile, json, "menu")
  const strata = read.strata ?? { all: 1 }
  const names = Object.keys(strata)
  let currency: string | undefined
  const minorOf = (text: string, field: string): number => {
    const money = parseMoney(text)
    currency ??= money.currency
    if (money.currency !== currency)
      throw wrong(field, `The menu mixes ${currency} and ${money.currency}.`, "Write all prices in one currency.")
    if (money.minor < 0) throw wrong(field, "A price is negative.", "Write amounts of zero or more.")
    return money.minor
  }
  const rowsIn = (rows: ReadonlyArray<string>): number => rows.reduce((sum, name) => sum + strata[name]!, 0)
  const offers: Array<PricedOffer> = []
  const metered: Array<PricedOffer> = []
  for (const [i, { id, columns, rows = names, versions = ["current"], rho, price, tiers }] of read.offers.entries()) {
    const stray = rows.find((name) => !names.includes(name))
    if (stray !== undefined)
      throw wrong(`offers.${i}.rows`, `There is no stratum ${stray.slice(0, 60)}.`, `Use some of ${names.join(", ")}.`)
    if (offers.some((one) => one.id === id))
      throw wrong(`offers.${i}.id`, "Two offers have one id.", "Give each its own.")
    if ((price === undefined) === (tiers === undefined))
      throw wrong(`offers.${i}.price`, "An offer has either a price or tiers.", "Write one of the two.")
    const offer = { columns, versions, rho }
    if (tiers === undefined) {
      offers.push({ id, rows, ...offer, fen: minorOf(price!, `offers.${i}.price`) })
      continue
    }
    const steps = tiers.map(({ upTo, unit }, k): CallTier => {
      const end = upTo ?? Infinity
      if ((upTo === null) !== (k === tiers.length - 1) || end <= (tiers[k - 1]?.upTo ?? 0))
        throw wrong(
          `offers.${i}.tiers.${k}.upTo`,
          "The tiers do not rise to null.",
          "Order them by upTo and end the last with null."
        )
      return { upTo: end, fenPerCall: minorOf(unit, `offers.${i}.tiers.${k}.unit`) }
    })
    offers.push({ id, rows, ...offer, fen: cheapestCalls(steps, rowsIn(rows), 1).fen })
    const parts = [
      ...rows.map((name) => [name]),
      ...read.offers.map((other) => (other.rows ?? names).filter((name) => rows.includes(name)))
    ]
    for (const part of parts.filter((one) => one.length > 0)) {
      const { fen, accounts } = cheapestCalls(steps, rowsIn(part), 64)
      metered.push({ id: `${id}[${part.join("+")} over ${accounts} accounts]`, rows: part, ...offer, fen })
    }
  }
  return { currency: currency!, offers, metered }
}

const wrong = (field: string, message: string, fix: string): BadInput =>
  new BadInput({ code: "menu.form", message, fix, where: { field } })
