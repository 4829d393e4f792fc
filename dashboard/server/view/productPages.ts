import { Cache, Context, Effect } from "effect"
import type { Path } from "effect"
import { BadInput } from "#core/BadInput.ts"
import type { Home } from "#core/home/Home.ts"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { ProductVersion } from "#catalog/product/ProductVersion.ts"
import type { Views } from "../Views.ts"
import { productOf } from "./productOf.ts"
import { readVersionTable } from "./readVersionTable.ts"

const notOnSale = (product: string): BadInput =>
  new BadInput({
    code: "product.unknown",
    message: `There is no product ${product.slice(0, 80)} on sale.`,
    fix: "Choose one of the catalogue.",
    where: { field: "product" }
  })

/** Product pages. A version never changes, so its table is read once; its price is asked each time. */
export const productPages = Effect.fn("productPages")(function* (
  world: Context.Context<Catalog | Home | Path.Path | Warehouse>
) {
  const catalog = Context.get(world, Catalog)
  const tables = yield* Cache.make({
    capacity: 32,
    lookup: (key: string) => {
      const [product, version] = key.split("\0")
      return Effect.provideContext(
        Effect.flatMap(catalog.show(product!, version), (listing) => readVersionTable(listing.version)),
        world
      )
    }
  })
  // What waits for its approval has no price yet and is nobody's business outside of the house.
  const priced = Effect.fnUntraced(function* (version: ProductVersion) {
    if (version.status === "withheld") return [{ version, price: null }]
    const shown = yield* Effect.option(catalog.show(version.product, version.version))
    return shown._tag === "None" ? [] : [{ version, price: shown.value.price }]
  })
  const product: Views["Service"]["product"] = Effect.fn("Views.product")(function* (id: string) {
    const listing = yield* catalog.show(id)
    // What was never on sale is as unknown as what never was.
    if (["draft", "assessed", "registered"].includes(listing.market?.state ?? "draft")) return yield* notOnSale(id)
    const table = yield* Cache.get(tables, `${id}\0${listing.version.version}`)
    const known = yield* catalog.versions(id)
    const versions = (yield* Effect.forEach(known, priced)).flat()
    return productOf(listing, table, versions)
  })
  return { product }
})
