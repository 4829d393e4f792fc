import type { Db } from "#core/records/Records.ts"
import { readAssetCosts, usersOfAssets } from "./assetCosts.ts"

/** What looking after a product took. Amounts are in minor units, a product's equal part of what it shares with others. */
export interface Stewardship {
  readonly product: string
  readonly currency: string
  /** Entered by people: their hours, purchases, licences. */
  readonly entered: number
  /** Booked for machine work and room at the rates that somebody gave. */
  readonly machine: number
  /** Seconds that runs worked on the assets that it is made of, whether or not they were booked. */
  readonly seconds: number
  /** The assets that it is made of and that anything was spent on, dearest first. */
  readonly assets: ReadonlyArray<{ readonly asset: string; readonly minor: number; readonly seconds: number }>
}

/** Adds up what a product and its part of its assets took so far. */
export function stewardshipOf(db: Db, product: string, currency: string): Stewardship {
  const users = usersOfAssets(db)
  const partOf = (asset: string): number => {
    const shared = users.get(asset) ?? []
    return shared.includes(product) ? 1 / shared.length : 0
  }
  const assets = new Map<string, { minor: number; seconds: number }>()
  const at = (asset: string): { minor: number; seconds: number } => {
    const known = assets.get(asset) ?? { minor: 0, seconds: 0 }
    assets.set(asset, known)
    return known
  }
  const own = db.get<{ minor: number | null }>(
    "select sum(amount_minor) as minor from cost_entry where product = $product",
    { product }
  )
  let [entered, machine] = [own?.minor ?? 0, 0]
  for (const { asset, amount, kind } of readAssetCosts(db)) {
    const part = amount.currency === currency ? amount.minor * partOf(asset) : 0
    if (part === 0) continue
    at(asset).minor += part
    if (kind === "entered") entered += part
    else machine += part
  }
  let seconds = 0
  for (const work of workOf(db)) {
    const part = work.seconds * partOf(work.asset)
    if (part === 0) continue
    at(work.asset).seconds += part
    seconds += part
  }
  return {
    product,
    currency,
    entered: Math.round(entered),
    machine: Math.round(machine),
    seconds,
    assets: [...assets]
      .map(([asset, one]) => ({ asset, minor: Math.round(one.minor), seconds: one.seconds }))
      .sort((a, b) => b.minor - a.minor || b.seconds - a.seconds)
  }
}

const workOf = (db: Db) =>
  db.all<{ asset: string; seconds: number }>(
    `select asset, sum(json_extract(details, '$.millis')) / 1000.0 as seconds from run_event
     where type = 'materialized' and asset is not null group by asset having seconds > 0`
  )
