import { DateTime, Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { parseMoney } from "#core/money/parseMoney.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { Invoices } from "#catalog/invoice/Invoices.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { TotalRevenue } from "#catalog/value/TotalRevenue.ts"
import { Values } from "#catalog/value/Values.ts"
import type { ComparablesImport } from "../../../api/admin/ComparablesImport.ts"
import type { MoneyState } from "../../../api/admin/MoneyState.ts"
import type { RevenueEntry } from "../../../api/admin/RevenueEntry.ts"
import type { RevenueImport } from "../../../api/admin/RevenueImport.ts"
import type { TaxEntry } from "../../../api/admin/TaxEntry.ts"

/** Total revenue, tax and the market. */
export const moneyState = Effect.fn("moneyState")(function* () {
  const today = DateTime.formatIso(yield* DateTime.now).slice(0, 10)
  const values = yield* Values
  const taxes = yield* Invoices.use((invoices) => invoices.taxes)
  const products = yield* Effect.forEach(yield* Catalog.use((catalog) => catalog.all), (listing) =>
    Effect.gen(function* () {
      const { product, version, price } = listing
      const found = yield* values.comparables(product)
      const market = (yield* values.appraise(product)).methods.find(({ method }) => method === "market")
      return {
        id: product,
        title: version.offering.title,
        currency: price.currency,
        list: price.minor,
        market:
          found === undefined || market === undefined
            ? null
            : {
                source: found.source,
                date: found.date,
                importedAt: found.importedAt,
                comparables: found.comparables.length,
                value: Math.round(market.value.value)
              }
      }
    })
  )
  return {
    revenue: yield* (yield* TotalRevenue).list,
    taxes: taxes.map((tax) => ({
      ...tax,
      holds: taxes.find(({ country, since }) => country === tax.country && since <= today) === tax
    })),
    products
  } satisfies MoneyState as MoneyState
})

/** Enters a month of total revenue. */
export const enterRevenue = Effect.fn("enterRevenue")(function* ({ month, total, source }: RevenueEntry, by: string) {
  yield* (yield* TotalRevenue).set({ month, total: yield* reckon(() => parseMoney(total)), source, by })
  return yield* moneyState()
})

/** Enters the months of a file. */
export const importRevenue = Effect.fn("importRevenue")(function* ({ csv, source }: RevenueImport, by: string) {
  yield* (yield* TotalRevenue).importCsv(csv, source, by)
  return yield* moneyState()
})

/** Sets a tax rate. */
export const setTax = Effect.fn("setTax")(function* ({ country, percent, since, note }: TaxEntry) {
  yield* (yield* Invoices).setTax(country, since, Math.round(Number(percent) * 100), note)
  return yield* moneyState()
})

/** Takes up comparables. */
export const importComparables = Effect.fn("importComparables")(function* ({ product, document }: ComparablesImport) {
  const json = yield* Effect.try({
    try: (): unknown => JSON.parse(document),
    catch: () =>
      new BadInput({
        code: "comparables.json",
        message: "The file of comparables is not JSON.",
        fix: "Compare it with the example beside the form."
      })
  })
  yield* (yield* Values).importComparables(product, json)
  return yield* moneyState()
})
