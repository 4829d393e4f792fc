import { Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import { Tariffs } from "#privacy/consent/compensation/Tariffs.ts"
import { termName } from "#privacy/consent/registry/termName.ts"
import { Benefits } from "#catalog/benefit/Benefits.ts"
import type { CustomerBenefits } from "../../../api/customer/CustomerBenefits.ts"
import { productTitles } from "./productTitles.ts"

/** What a subject earned, sale by sale, and by which tariff. */
export const customerBenefits = Effect.fn("customerBenefits")(function* (subj: number) {
  const earned = yield* (yield* Benefits).statement(subj)
  const tariffs = yield* Tariffs
  const set = yield* (yield* Records).read((db) => tariffs.all(db).at(-1))
  const titles = yield* productTitles
  const sums = new Map<string, number>()
  for (const { currency, micro } of earned) sums.set(currency, (sums.get(currency) ?? 0) + micro)
  return {
    totals: [...sums].map(([currency, micro]) => ({ currency, micro })),
    lines: earned.map(({ month, product, version, purpose, categories, currency, micro }) => ({
      month,
      product,
      version,
      currency,
      micro,
      title: titles.get(`release.${product}`) ?? termName(product),
      purpose: termName(purpose),
      categories: categories.map(termName)
    })),
    tariff:
      set === undefined
        ? null
        : {
            currency: set.tariff.currency,
            since: set.since,
            lines: set.tariff.lines.map(({ category, purpose, perSale }) => ({
              category: termName(category),
              purpose: termName(purpose),
              perSale
            }))
          }
  } satisfies CustomerBenefits as CustomerBenefits
})
