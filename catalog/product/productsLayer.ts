import { Effect, Layer } from "effect"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { readDays } from "#pricing/ttl/readDays.ts"
import { Products } from "#pipelines/release/Products.ts"
import type { FreshRelease } from "#pipelines/release/Products.ts"
import type { ReleaseDefinition } from "#pipelines/release/ReleaseDefinition.ts"
import { Catalog } from "./Catalog.ts"
import { draftVersion } from "./draftVersion.ts"
import { ProductFiles } from "./ProductFiles.ts"
import type { ProductDefinition } from "./readProductFile.ts"

/** Gives the engine the releases of the home's product files, and puts what it made into the catalog. */
export const productsLayer = Layer.effect(
  Products,
  Effect.gen(function* () {
    const files = yield* ProductFiles
    const catalog = yield* Catalog
    const draft = Effect.fn("Products.draft")(function* (release: FreshRelease) {
      const { declared } = (yield* files.all).find((one) => one.declared.product === release.definition.product)!
      const version = yield* reckon(() => draftVersion(declared, release))
      return (db: Parameters<typeof catalog.insertVersion>[0]) => void catalog.insertVersion(db, version)
    })
    return Products.of({ definitions: Effect.map(files.all, (all) => all.map(releaseOf)), draft })
  })
)

/** What a product file asks of the engine. Without a freshness a product is made anew each month. */
function releaseOf({ declared, sql }: ProductDefinition): ReleaseDefinition {
  const { product, title, owner, scenario, release } = declared
  return {
    product,
    title,
    owner,
    purpose: scenario.purpose,
    from: sql === undefined ? declared.from! : { sql },
    spec: release,
    statement: sql === undefined ? undefined : sha256Hex(sql),
    until: scenario.until,
    everyDays: readDays(scenario.freshness ?? "") ?? 31
  }
}
