import type { Param } from "#core/warehouse/Session.ts"
import { originOf } from "./calendar.ts"
import type { Names } from "./drawNames.ts"
import { grantProfiles } from "./grantProfiles.ts"
import { phrases } from "./phrases.ts"
import { cities } from "./places.ts"
import { equipmentClasses, firstSoftware, goodsCategories, priceBands, products, softwareModules } from "./products.ts"
import { vocabulary } from "./vocabulary.ts"

const categories = [equipmentClasses, softwareModules, goodsCategories]

/** Everything that the staging SQL turns codes into, by parameter name; a list is indexed by code + 1. */
export function wordLists(asOf: string, names: Names): Readonly<Record<string, Param>> {
  const closed = Object.fromEntries(Object.entries(vocabulary).map(([name, words]) => [snakeCase(name), [...words]]))
  return {
    ...closed,
    origin: originOf(asOf),
    surnames: names.surnames,
    given_names: names.givenNames,
    stems: names.stems,
    streets: names.streets,
    agents: names.agents,
    cities: cities.map((c) => c.name),
    states: cities.map((c) => c.state),
    regions: cities.map((c) => c.region),
    price_bands: [...priceBands],
    first_software: firstSoftware,
    product_names: products.map((p) => p.name),
    product_businesses: products.map((p) => p.business),
    product_categories: products.map((p) => categories[p.business]![p.category]!),
    product_classes: equipmentOnly(),
    product_series: products.map((p) => p.series),
    product_units: products.map((p) => p.unit),
    product_prices: products.map((p) => p.priceFen),
    product_weights: products.map((p) => p.weightGrams),
    phrase_heads: phrases.map((p) => p.head),
    phrase_tails: phrases.map((p) => p.tail),
    grant_actions: grantProfiles.map((p) => p.actions),
    grant_purposes: grantProfiles.map((p) => p.purposes),
    grant_recipients: grantProfiles.map((p) => p.recipients)
  }
}

/** The equipment class of the equipment, which comes first; the list ends there and all other products get null. */
function equipmentOnly(): ReadonlyArray<string> {
  return products.filter((p) => p.business === 0).map((p) => equipmentClasses[p.category]!)
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
