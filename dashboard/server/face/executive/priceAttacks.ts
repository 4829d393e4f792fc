import { Effect } from "effect"
import { attack } from "#pricing/attack/attack.ts"
import { priceMenu } from "#pricing/offer/priceMenu.ts"
import type { Listing } from "#catalog/product/Catalog.ts"
import { menuOf } from "#catalog/product/menuOf.ts"
import type { Risk } from "../../../api/executive/Risk.ts"

type Found = Risk["products"][number]["priceAttack"]

/** Attacks the menus of listings; a menu at one day's prices is attacked once, and between two offers others have their turn. */
export function priceAttacks() {
  const known = new Map<string, { readonly key: string; readonly found: Found }>()
  return Effect.fn("priceAttacks")(function* ({ product, version, inputs, price, at }: Listing) {
    const key = `${version.id} ${price.minor} ${at.slice(0, 10)}`
    const before = known.get(product)
    if (before?.key === key) return before.found
    const offers = priceMenu(menuOf(version), inputs, version.version, at)
    const reports = yield* Effect.forEach(offers, (offer) => Effect.map(nextTurn, () => attack(offer, offers)))
    const [weakest] = reports.filter(({ margin }) => margin !== null).sort((a, b) => a.margin! - b.margin!)
    const found: Found = {
      offers: reports.length,
      beaten: reports.filter(({ verdict }) => verdict === "beaten").length,
      safe: reports.filter(({ verdict }) => verdict === "safe").length,
      margin: weakest?.margin ?? null,
      weakest: weakest?.target ?? null
    }
    known.set(product, { key, found })
    return found
  })
}

const nextTurn = Effect.callback<void>((resume) => void setImmediate(() => resume(Effect.void)))
