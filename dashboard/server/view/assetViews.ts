import { Effect } from "effect"
import type { Context } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import type { AssetDetail } from "../../api/AssetDetail.ts"
import type { Views, ViewsError } from "../Views.ts"
import { assetNodeOf } from "./assetNodeOf.ts"
import { mendWarehouse } from "./mendWarehouse.ts"

interface MadeRow {
  readonly run: string
  readonly data_version: string
  readonly row_count: number
  readonly millis: number
  readonly made_at: string
}

/** The asset graph and its nodes. */
export function assetViews(world: Context.Context<Engine | Warehouse>): Pick<Views["Service"], "assets" | "asset"> {
  const within = <A>(effect: Effect.Effect<A, ViewsError | WarehouseError, Engine | Warehouse>) =>
    mendWarehouse(Effect.provideContext(effect, world))
  return {
    assets: ({ role }) =>
      within(
        Effect.map(
          Engine.use((engine) => engine.facts),
          (facts) => ({
            nodes: facts.map((one) => assetNodeOf(one, role === "steward")),
            edges: facts.flatMap(({ asset }) => asset.deps.map((from) => ({ from, to: asset.key })))
          })
        )
      ),
    asset: (key) => within(assetOf(key))
  }
}

const assetOf = Effect.fnUntraced(function* (key: string) {
  const engine = yield* Engine
  const warehouse = yield* Warehouse
  const found = (yield* engine.facts).find(({ asset }) => asset.key === key)
  if (found === undefined) {
    return yield* new BadInput({
      code: "asset.unknown",
      message: "There is no such asset.",
      fix: "Choose one in the asset graph."
    })
  }
  const made = yield* warehouse.query<MadeRow>(
    `select run, data_version, row_count, millis, made_at from _assay.made
     where asset = $key order by seq desc limit 20`,
    { key }
  )
  const declared = typeof found.asset.checks === "function" ? [] : found.asset.checks
  const results = new Map(found.checks.map((result) => [result.name, result]))
  const detail: AssetDetail = {
    node: assetNodeOf(found, true),
    description: found.asset.description,
    owners: found.asset.owners,
    upstream: found.asset.deps,
    downstream: found.readers,
    columns: found.made === undefined ? [] : yield* engine.columns(key),
    checks: [
      ...found.checks.map(({ name, severity, passed }) => ({
        name,
        blocking: severity === "block",
        outcome: passed ? ("passed" as const) : ("failed" as const)
      })),
      ...declared
        .filter(({ name }) => !results.has(name))
        .map(({ name, severity }) => ({ name, blocking: severity === "block", outcome: "not run" as const }))
    ],
    materializations: made.map((row) => ({
      run: row.run,
      madeAt: row.made_at,
      version: row.data_version,
      rows: row.row_count,
      millis: row.millis
    }))
  }
  return detail
})
