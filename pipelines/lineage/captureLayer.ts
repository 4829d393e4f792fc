import { Effect, Layer } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset } from "../engine/Asset.ts"
import { assetGraph, reach } from "../engine/AssetGraph.ts"
import { Capture } from "../engine/Capture.ts"
import { Definitions } from "../engine/Definitions.ts"
import { lastMade } from "../engine/madeTable.ts"
import { bindMade } from "./bindMade.ts"
import { provenanceSql } from "./provenanceSql.ts"

/** Words without which no statement chooses among rows or gives another answer each time. */
const mayChoose = /\b(?:limit|fetch|qualify|over|distinct\s+on|sample|tablesample|random|uuid\w*|asof|positional)\b/i

/** Keeps the events of each row beside it where the statement chooses rows and does not hand on their `_event_id`. */
export const captureLayer = Layer.effect(
  Capture,
  Effect.gen(function* () {
    const definitions = yield* Definitions
    const warehouse = yield* Warehouse
    const withEvents = Effect.fn("Capture.withEvents")(function* (asset: Asset, statement: string) {
      if (!mayChoose.test(statement)) return undefined
      const graph = assetGraph(yield* definitions.load)
      const needed = reach([asset.key], (key) => graph.byKey.get(key)!.deps)
      const made = yield* lastMade(warehouse)
      const order = graph.order.filter(({ key }) => needed.has(key))
      const { bound } = yield* bindMade(order, (key) => made.get(key))
      const { record, carries, problem } = bound.get(asset.key)!
      if (record !== "non_invertible" || carries || problem !== undefined) return undefined
      // What cannot be followed at all is made without; a trace says why.
      return yield* Effect.catchTag(provenanceSql(warehouse, bound, asset.key, { once: true }), "Refused", () =>
        Effect.succeed(undefined)
      )
    })
    return {
      withEvents: (asset: Asset, statement: string) =>
        Effect.provideService(withEvents(asset, statement), Warehouse, warehouse)
    }
  })
)
