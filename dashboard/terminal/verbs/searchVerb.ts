import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { formatMoney } from "#core/money/formatMoney.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { facetNames, Search, searchOrders } from "#catalog/search/Search.ts"
import { languageOf } from "../languageOf.ts"
import { table } from "../table.ts"
import type { Verb } from "../Verb.ts"
import { listingJson } from "./salesVerbs.ts"

/** Searches what is listed, in either language. */
export const searchVerb: Verb<Catalog | Search> = {
  usage: `search [WORDS] [--order ${searchOrders.join(", ")}] [--scenario NAME] [--kind K] [--purpose P] [--territory T] [--owner O]`,
  about: "find listed products by words of either language",
  flags: ["order", "scenario", ...facetNames],
  words: 0,
  run: Effect.fn("search")(function* ({ words, flags }) {
    const order = searchOrders.find((one) => one === flags["order"])
    if (flags["order"] !== undefined && order === undefined) {
      return yield* new BadInput({
        code: "search.order",
        message: "Products are not sorted by that.",
        fix: `Write --order with one of ${searchOrders.join(", ")}.`,
        where: { field: "order" }
      })
    }
    const facets = Object.fromEntries(
      facetNames.flatMap((name) => (flags[name] === undefined ? [] : [[name, flags[name] as string]]))
    )
    const found = yield* (yield* Search).find({
      text: words.join(" "),
      facets,
      ...(order === undefined ? {} : { order }),
      ...(flags["scenario"] === undefined ? {} : { scenario: flags["scenario"] as string })
    })
    const catalog = yield* Catalog
    const listings = yield* Effect.forEach(found.products, ({ product, fit }) =>
      Effect.map(catalog.show(product), (listing) => ({ listing, fit }))
    )
    return {
      json: {
        total: found.total,
        more: found.more,
        facets: found.facets,
        products: listings.map(({ listing, fit }) => ({
          ...listingJson(listing),
          title: listing.version.offering.title,
          fit
        }))
      },
      text:
        listings.length === 0
          ? "Nothing is listed that has all these words. Try fewer or other words, or leave a facet out."
          : [
              `${found.total.toLocaleString("en")}${found.more ? " or more" : ""} found.`,
              table(
                ["product", "title", "price", "as of"],
                listings.map(({ listing }) => [
                  listing.product,
                  listing.version.offering.title[languageOf(flags)],
                  formatMoney(listing.price),
                  listing.version.asOf
                ])
              )
            ].join("\n")
    }
  })
}
