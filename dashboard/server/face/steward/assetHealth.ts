import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Records } from "#core/records/Records.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import type { AssetFacts } from "#pipelines/engine/Engine.ts"
import { everything, lastKey } from "#pipelines/engine/partition/KeyRange.ts"
import type { KeyRanges } from "#pipelines/engine/partition/KeyRange.ts"
import { addDays } from "#pipelines/engine/partition/partitionKeys.ts"
import { stateInWords } from "#pipelines/engine/stateInWords.ts"
import { bindHome } from "#pipelines/lineage/bindHome.ts"
import { columnGraph } from "#pipelines/lineage/columnGraph.ts"
import type { Seen } from "../../view/Seen.ts"
import { seenHere } from "../../view/seenHere.ts"
import type { AssetHealth } from "../../../api/steward/AssetHealth.ts"
import type { AssetHistory } from "../../../api/steward/AssetHistory.ts"
import type { ColumnLineage } from "../../../api/steward/ColumnLineage.ts"

/** How every asset stands. */
export const assetsHealth = Effect.fn("assetsHealth")(function* () {
  const seen = yield* seenHere()
  return (yield* (yield* Engine).facts).map((one) => healthOf(one, seen))
})

/** One asset over time. */
export const assetHistory = Effect.fn("assetHistory")(function* (key: string) {
  const engine = yield* Engine
  const found = (yield* engine.facts).find(({ asset }) => asset.key === key)
  if (found === undefined) return yield* unknownAsset()
  const checked = yield* (yield* Records).read((db) =>
    db.all<{ run: string; at: string; details: string }>(
      "select run, at, details from run_event where asset = $key and type = 'checked' order by seq desc limit 30",
      { key }
    )
  )
  const results = checked.flatMap(({ run, at, details }) =>
    (JSON.parse(details) as { checks: AssetFacts["checks"] }).checks.map((check) => ({ run, at, ...check }))
  )
  const byName = Map.groupBy(results, ({ name }) => name)
  return {
    health: healthOf(found, yield* seenHere()),
    checks: [...byName].map(([name, all]) => ({
      name,
      blocking: all[0]!.severity === "block",
      results: all.map(({ run, at, passed, failing }) => ({ run, at, passed, failing }))
    })),
    columns: found.made === undefined ? [] : (yield* engine.columns(key)).map(({ name }) => name)
  } satisfies AssetHistory as AssetHistory
})

/** More than this is no picture any more: then only what lies one asset away is shown. */
const mostEdges = 120

/** What one column is made from and what is made of it, as far as it can be drawn. */
export const columnLineage = Effect.fn("columnLineage")(function* (key: string, column: string) {
  const { bound } = yield* bindHome()
  const asset = bound.get(key)
  if (asset === undefined) return yield* unknownAsset()
  const seen = yield* seenHere()
  if (!asset.columns.some(({ name }) => name === column) || !seen.names(key, column)) {
    return yield* new BadInput({
      code: "lineage.column.unknown",
      message: "The asset has no such column.",
      fix: "Choose one of its columns."
    })
  }
  const graph = (depth: number) =>
    columnGraph(bound, key, column, { up: true, down: true, depth }).filter(({ from, to }) =>
      [from, to].every((id) => seen.names(id.slice(0, id.lastIndexOf(".")), id.slice(id.lastIndexOf(".") + 1)))
    )
  const all = graph(Infinity)
  const near = all.length <= mostEdges ? all : graph(1)
  const edges = near.slice(0, mostEdges)
  const ids = [...new Set([`${key}.${column}`, ...edges.flatMap(({ from, to }) => [from, to])])]
  return {
    asset: key,
    column,
    nodes: ids.map((id) => ({
      id,
      asset: id.slice(0, id.lastIndexOf(".")),
      column: id.slice(id.lastIndexOf(".") + 1)
    })),
    edges
  } satisfies ColumnLineage as ColumnLineage
})

const healthOf = ({ asset, state, made, checks, freshness, partitions }: AssetFacts, seen: Seen): AssetHealth => ({
  key: asset.key,
  kind: asset.kind,
  state: state.state === "unchanged" ? "fresh" : state.state === "new" ? "missing" : "stale",
  reason: state.state === "stale" ? stateInWords(state) : null,
  freshness: freshness === undefined ? null : { state: freshness.state, because: freshness.because },
  rows: asset.kind === "view" ? null : (made?.rows ?? null),
  madeAt: made?.madeAt ?? null,
  failing: checks.filter(({ name, passed }) => !passed && !seen.mentions(name)).length,
  partitions:
    partitions === undefined || asset.partitions === undefined
      ? null
      : {
          type: asset.partitions.type,
          cells: cellsOf([
            ["made", partitions.made],
            ["missing", partitions.due.missing],
            ["touched", partitions.due.touched]
          ])
        }
})

type Cell = NonNullable<AssetHealth["partitions"]>["cells"][number]

const mostCells = 1500
const day = /^\d{4}-\d{2}-\d{2}$/

/** Each partition by its name: days one by one, other keys as they are known; what was made and then touched counts as touched. */
function cellsOf(told: ReadonlyArray<readonly [state: Cell["state"], ranges: KeyRanges]>): ReadonlyArray<Cell> {
  const cells = new Map<string, Cell["state"]>()
  for (const [state, ranges] of told) {
    for (const range of ranges) {
      if (day.test(range.from) && day.test(range.to)) {
        for (let at = range.from; at < range.to; at = addDays(at, 1)) cells.set(at, state)
      } else cells.set(range.to === everything.to ? "*" : lastKey(range), state)
    }
  }
  return [...cells]
    .map(([name, state]) => ({ name, state }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(-mostCells)
}

const unknownAsset = (): BadInput =>
  new BadInput({ code: "asset.unknown", message: "There is no such asset.", fix: "Choose one in the asset graph." })
