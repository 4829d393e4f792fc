import { Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Records } from "#core/records/Records.ts"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Engine } from "#pipelines/engine/Engine.ts"
import { lifeStateOf } from "#catalog/life/lifeStateOf.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { attackOf } from "./attackOf.ts"
import { lineageOf } from "./lineageOf.ts"
import { ProductViews } from "./ProductViews.ts"
import { recordOf } from "./recordOf.ts"

/** The further parts of products' pages on a real home. */
export const productViewsLayer = Layer.effect(
  ProductViews,
  Effect.gen(function* () {
    const records = yield* Records
    const catalog = yield* Catalog
    const world = yield* Effect.context<Catalog | Engine | Records | Warehouse>()
    // What was never on sale is as unknown as what never was.
    const shown = Effect.fnUntraced(function* (product: string) {
      const listing = yield* catalog.show(product)
      const state = yield* records.read((db) => lifeStateOf(db, product))
      return ["draft", "assessed", "registered"].includes(state) ? yield* notOnSale(product) : listing
    })
    return ProductViews.of({
      lineage: (product) =>
        Effect.provide(
          Effect.flatMap(shown(product), () => lineageOf(`release.${product}`)),
          world
        ),
      attack: Effect.fn("ProductViews.attack")(function* (product: string) {
        const listing = yield* shown(product)
        return yield* records.read((db) => attackOf(db, listing))
      }),
      record: Effect.fn("ProductViews.record")(function* (product: string) {
        const { version } = yield* shown(product)
        const versions = yield* catalog.versions(product)
        return yield* records.read((db) => recordOf(db, version, versions))
      })
    })
  })
)

const notOnSale = (product: string): BadInput =>
  new BadInput({
    code: "product.unknown",
    message: `There is no product ${product.slice(0, 80)} on sale.`,
    fix: "Choose one of the catalogue.",
    where: { field: "product" }
  })
