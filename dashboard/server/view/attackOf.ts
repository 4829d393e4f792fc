import type { Db } from "#core/records/Records.ts"
import { attackMenu } from "#pricing/attack/attackMenu.ts"
import type { PricedOffer } from "#pricing/attack/PricedOffer.ts"
import { priceMenu } from "#pricing/offer/priceMenu.ts"
import { charge } from "#pricing/tariff/charge.ts"
import { listingOfVersion } from "#catalog/product/listingOfVersion.ts"
import type { Listing } from "#catalog/product/Catalog.ts"
import { menuOf } from "#catalog/product/menuOf.ts"
import type { ProductVersion } from "#catalog/product/ProductVersion.ts"
import { tariffOf } from "#catalog/trial/tariffOf.ts"
import type { ProductAttack } from "../../api/product/ProductAttack.ts"

/** Older versions that an attacker may buy too. */
const mostVersions = 12

/**
 * Attacks every offer of a product's newest version with everything else that is for sale of it: other column groups, slices, accuracies,
 * older versions, and single lookups where they have a tariff. The attacker is granted independent noise, which the house does not give.
 */
export function attackOf(db: Db, { product, version, inputs, at }: Listing): ProductAttack {
  const menu = menuOf(version)
  const offers = priceMenu(menu, inputs, version.version, at)
  const older = db
    .all<{ document: string }>(
      `select document from version_on_sale where product = $product and version <> $version order by seq desc limit ${mostVersions}`,
      { product, version: version.version }
    )
    .map(({ document }) => listingOfVersion(db, JSON.parse(document) as ProductVersion, at))
  const bought = older.flatMap((one): ReadonlyArray<PricedOffer> =>
    priceMenu(menuOf(one.version), one.inputs, one.version.version, at).map((offer) => ({
      ...offer,
      id: `${one.version.version}: ${offer.id}`
    }))
  )
  const calls = callsOf(db, version, offers[0]!, at)
  const money = (minor: number) => ({ minor, currency: version.currency })
  const reports = attackMenu(offers, [...bought, ...calls])
  return {
    product,
    version: version.version,
    at,
    currency: version.currency,
    searched: {
      purchases: offers.length + bought.length + calls.length,
      columnGroups: new Set(menu.offers.map(({ columns }) => columns.join(","))).size,
      slices: Math.max(1, menu.strata.length),
      accuracies: new Set(menu.offers.map(({ accuracy }) => accuracy.value)).size,
      versions: 1 + older.length,
      calls: calls.length > 0
    },
    offers: reports.map(({ target, fen, cover, margin, atLeast, verdict }, i) => {
      const { columns, stratum, accuracy } = menu.offers[i]!
      return {
        id: target,
        columns,
        slice: stratum?.value ?? null,
        accuracy: accuracy.value,
        price: money(fen),
        cover: cover === null ? null : { price: money(cover.fen), parts: cover.parts },
        margin,
        atLeast: atLeast === null ? null : money(atLeast),
        verdict
      }
    })
  }
}

/** The whole version looked up row by row, at the tariff of the month. */
function callsOf(
  db: Db,
  { product, rows }: ProductVersion,
  whole: PricedOffer,
  at: string
): ReadonlyArray<PricedOffer> {
  const tariff = tariffOf(db, product, at.slice(0, 7))
  if (tariff === undefined || rows.value < 1) return []
  const { fen } = charge(tariff, { units: BigInt(Math.round(rows.value)), scale: 0 })
  return [{ ...whole, id: "calls", fen }]
}
