import { Effect } from "effect"
import { Catalog } from "#catalog/product/Catalog.ts"
import { mvdsOfVersion } from "#catalog/scenario/mvdsOfVersion.ts"
import { Scenarios } from "#catalog/scenario/Scenarios.ts"
import type { ScenarioMatch } from "../../../api/buyer/ScenarioMatch.ts"
import type { ScenarioRequest } from "../../../api/buyer/ScenarioRequest.ts"
import { scenarioPrefix } from "./scenarioPrefix.ts"

/** Ranks the products on sale by how well they fit a buyer's scenario, best first. */
export const matchScenario = Effect.fn("matchScenario")(function* (request: ScenarioRequest, buyer: string) {
  const { name, purpose, required, optional, history, freshness, threshold } = request
  const { scenario, scores } = yield* (yield* Scenarios).declare({
    scenario: `${scenarioPrefix(buyer)}${name}`,
    buyer,
    purpose,
    required,
    optional,
    ...(history === undefined ? {} : { history }),
    ...(freshness === undefined ? {} : { freshness }),
    threshold
  })
  const listings = yield* (yield* Catalog).list
  const matches: Array<ScenarioMatch> = []
  for (const { version, score } of scores) {
    const listing = listings.find(({ product }) => product === version.product)
    if (listing === undefined) continue
    const { steps, reached, offer } = yield* mvdsOfVersion(scenario, listing)
    const money = (minor: number) => ({ minor, currency: version.currency })
    matches.push({
      product: version.product,
      title: version.offering.title,
      version: version.version,
      fit: score.fit.value,
      gate: score.gate,
      schema: score.schema,
      population: score.population,
      quality: score.quality,
      fields: score.fields.map(({ field, column, how, score: met }) => ({ field, column, how, score: met })),
      missing: score.missing,
      forbidden: score.forbidden,
      steps: steps.map(({ group, columns, fit, addsBits, addsFen }) => ({
        group,
        columns,
        fit,
        addsBits,
        adds: addsFen === null ? null : money(addsFen)
      })),
      reached,
      offer: offer === null ? null : { id: offer.id, price: money(offer.fen) }
    })
  }
  return matches
})
