import type { Db } from "#core/records/Records.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { splitRevenue } from "#pricing/split/splitRevenue.ts"
import type { CostEntry } from "#pricing/value/bookValue.ts"
import type { AssetCost } from "./AssetCost.ts"

interface CostRow {
  readonly id: string
  readonly asset: string
  readonly kind: AssetCost["kind"]
  readonly quantity: number
  readonly amount_minor: number
  readonly currency: string
  readonly phase: AssetCost["phase"]
  readonly is_capitalised: number
  readonly treatment: AssetCost["treatment"]
  readonly life_months: number
  readonly at: string
  readonly note: string
}

/** The cost ledger, of one asset or of all, oldest first. */
export const readAssetCosts = (db: Db, asset?: string): ReadonlyArray<AssetCost> =>
  db
    .all<CostRow>("select * from asset_cost where asset = coalesce($asset, asset) order by at, asset, kind, id", {
      asset: asset ?? null
    })
    .map((row) => ({
      id: row.id,
      asset: row.asset,
      kind: row.kind,
      quantity: row.quantity,
      amount: { minor: row.amount_minor, currency: row.currency },
      phase: row.phase,
      isCapitalised: row.is_capitalised === 1,
      treatment: row.treatment,
      lifeMonths: row.life_months,
      at: row.at,
      note: row.note
    }))

/** A row as the reckoning of book values takes it. */
export const toEntry = ({ id, amount, phase, isCapitalised, treatment, lifeMonths, at }: AssetCost): CostEntry => ({
  amount: publicNumber(amount.minor, "minor", `cost-ledger#${id}`, at),
  phase,
  isCapitalised,
  treatment,
  lifeMonths,
  at
})

/**
 * A product's part of what its assets cost: each cost is shared equally, to the last minor unit, by the products whose newest version was made
 * from the asset. What no product is made from is nobody's cost yet.
 */
export function assetCostsOf(db: Db, product: string, currency: string): ReadonlyArray<CostEntry> {
  const users = usersOfAssets(db)
  return readAssetCosts(db)
    .filter(({ amount }) => amount.currency === currency)
    .flatMap((cost) => {
      const shared = users.get(cost.asset) ?? []
      const own = shared.indexOf(product)
      if (own < 0) return []
      const parts = splitRevenue(
        Math.abs(cost.amount.minor),
        shared.map((name) => publicNumber(1, "share", `cost:${name}`, cost.at))
      )
      const minor = Math.sign(cost.amount.minor) * parts[own]!
      return [toEntry({ ...cost, amount: { minor, currency } })]
    })
}

/** By asset, the products whose newest version stands on it, by name. */
export function usersOfAssets(db: Db): ReadonlyMap<string, ReadonlyArray<string>> {
  const rows = db.all<{ product: string; assets: string | null }>(
    `select product, json_extract(document, '$.certificate.lineage.assets') as assets from product_version v
     where seq = (select max(seq) from product_version n where n.product = v.product) order by product`
  )
  const users = new Map<string, Array<string>>()
  for (const { product, assets } of rows) {
    for (const asset of new Set([...(JSON.parse(assets ?? "[]") as ReadonlyArray<string>), `release.${product}`])) {
      const own = users.get(asset)
      if (own === undefined) users.set(asset, [product])
      else own.push(product)
    }
  }
  return users
}
