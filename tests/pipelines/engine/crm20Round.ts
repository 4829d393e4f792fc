import type { Asset } from "#pipelines/engine/Asset.ts"
import { crm20 } from "../../../bench/crm20Assets.ts"

/** The 20 assets with other values in each round, so that all of them have to be made; some have checks, one of which warns. */
export const crm20Round = (round: number): ReadonlyArray<Asset> =>
  crm20(20_000).map((asset) => {
    const sql = String(asset.sql).replace(/hash\(i \* (\d+)\)/g, (_, k) => `hash(i * ${Number(k) + 100 * round})`)
    const rules = [
      { name: "present_id", severity: "block", breaks: "id is null" },
      { name: "small", severity: "warn", breaks: "id >= 10" }
    ] as const
    return { ...asset, sql, ...(asset.key.startsWith("core.") ? { checks: rules } : {}) }
  })
