import { Effect } from "effect"
import type { Context } from "effect"
import { Invoices } from "#catalog/invoice/Invoices.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Search } from "#catalog/search/Search.ts"
import { Usage } from "#catalog/usage/Usage.ts"
import type { Principal } from "../Principal.ts"
import type { Views } from "../Views.ts"
import { cardOf } from "./cardOf.ts"

type World = Catalog | Invoices | Search | Usage

/** What is found, used and invoiced; a buyer sees what is their own. */
export function billingViews(world: Context.Context<World>): Pick<Views["Service"], "invoices" | "usage" | "search"> {
  const within = <A, E>(effect: Effect.Effect<A, E, World>): Effect.Effect<A, E> => Effect.provideContext(effect, world)
  return {
    invoices: (principal) => within(Invoices.use((invoices) => invoices.list(ownName(principal)))),
    usage: (principal) => within(Usage.use((usage) => usage.totals(ownName(principal)))),
    search: ({ text, order, offset, ...facets }) =>
      within(
        Effect.gen(function* () {
          const chosen = Object.entries(facets).filter(([, value]) => value !== undefined)
          const found = yield* (yield* Search).find({
            ...(text === undefined ? {} : { text }),
            ...(order === undefined ? {} : { order }),
            facets: Object.fromEntries(chosen),
            offset: Number(offset ?? 0)
          })
          const catalog = yield* Catalog
          return {
            ...found,
            products: yield* Effect.forEach(found.products, ({ product }) => Effect.map(catalog.show(product), cardOf))
          }
        })
      )
  }
}

const ownName = ({ role, name }: Principal): string | undefined => (role === "buyer" ? name : undefined)
