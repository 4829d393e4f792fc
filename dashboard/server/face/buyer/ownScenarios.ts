import { Effect } from "effect"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Scenarios } from "#catalog/scenario/Scenarios.ts"
import type { OwnScenario } from "../../../api/buyer/OwnScenario.ts"
import { scenarioPrefix } from "./scenarioPrefix.ts"

/** A buyer's scenarios with the products that fit them. */
export const ownScenarios = Effect.fn("ownScenarios")(function* (buyer: string) {
  const declared = yield* (yield* Scenarios).of(buyer)
  if (declared.length === 0) return []
  const listings = new Map((yield* (yield* Catalog).list).map((one) => [one.product, one.version.offering.title]))
  const prefix = scenarioPrefix(buyer)
  return declared.map(({ scenario, declaredAt, fits }): OwnScenario => ({
    name: scenario.scenario.startsWith(prefix) ? scenario.scenario.slice(prefix.length) : scenario.scenario,
    purpose: scenario.purposes.join(", "),
    declaredAt,
    fits: fits.flatMap(({ product, ...fit }) => {
      const title = listings.get(product)
      return title === undefined ? [] : [{ product, title, ...fit }]
    })
  }))
})
