import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { reach } from "../engine/AssetGraph.ts"
import type { AssetColumn } from "../engine/Engine.ts"
import type { Surroundings } from "../engine/lookAround.ts"
import { countPartitions, rangeInWords } from "../engine/partition/partitionKeys.ts"
import { unite } from "../engine/partition/KeyRange.ts"
import type { AssetState } from "../engine/staleness.ts"
import type { BoundAsset } from "../lineage/BoundAsset.ts"
import { parseStatement } from "../lineage/parseStatement.ts"
import { rememberedStatements } from "../lineage/rememberStatements.ts"
import type { QueryNode } from "../lineage/StatementTree.ts"
import type { AssetPlan } from "./AssetPlan.ts"
import { gravest } from "./ColumnChange.ts"
import type { ColumnChange } from "./ColumnChange.ts"
import { statementChanges } from "./statementChanges.ts"

/**
 * Says for every asset what a run would make, why, and what it would change column by column. A change goes on to every column that is made
 * from a changed one, and to all columns where it bears on which rows there are.
 *
 * @param stored  the columns that stand in the warehouse, by key
 */
export const planAssets = Effect.fn("planAssets")(function* (
  { graph, made, states, versions }: Surroundings,
  bound: ReadonlyMap<string, BoundAsset>,
  stored: ReadonlyMap<string, ReadonlyArray<AssetColumn>>
) {
  const warehouse = yield* Warehouse
  const remembered = yield* rememberedStatements()
  const parse = (sql: string | undefined) =>
    sql === undefined
      ? Effect.succeed(undefined)
      : Effect.map(Effect.option(parseStatement(warehouse, sql, new Set())), (tree): QueryNode | undefined =>
          tree._tag === "Some" ? tree.value : undefined
        )
  const plans = new Map<string, AssetPlan>()
  for (const asset of graph.order) {
    const { key, kind } = asset
    const state = states.get(key)!
    const last = made.get(key)
    const one = bound.get(key)!
    const code = last !== undefined && last.codeVersion !== versions.get(key)
    const own = code
      ? statementChanges(
          { tree: yield* parse(remembered.get(`${key} ${last.run}`)), columns: visible(stored.get(key) ?? []) },
          { tree: yield* parse(one.statement === "" ? undefined : one.statement), columns: visible(one.columns) }
        )
      : []
    const columns = last === undefined ? [] : changesOf(one, state, own, plans)
    const settled = state.state === "unchanged"
    plans.set(key, {
      key,
      kind,
      ...state,
      ...(one.problem === undefined ? {} : { problem: told(one.problem) }),
      change: gravest(columns) ?? null,
      columns,
      recompute: settled
        ? null
        : { rows: kind === "view" ? null : (last?.rows ?? null), ...partitionsOf(asset.partitions, state) },
      products: settled ? [] : productsBelow(key, (of) => graph.readers.get(of) ?? [])
    })
  }
  return [...plans.values()]
})

const visible = (columns: ReadonlyArray<AssetColumn>): ReadonlyArray<AssetColumn> =>
  columns.filter(({ name }) => !name.startsWith("_"))

const told = ({
  code,
  message,
  fix,
  where
}: NonNullable<BoundAsset["problem"]>): NonNullable<AssetPlan["problem"]> => ({
  code,
  message,
  fix,
  ...(where === undefined ? {} : { where })
})

function changesOf(
  { asset, lineage, problem, columns }: BoundAsset,
  state: AssetState,
  own: ReadonlyArray<ColumnChange>,
  plans: ReadonlyMap<string, AssetPlan>
): ReadonlyArray<ColumnChange> {
  if (state.state === "unchanged" || problem !== undefined) return own
  if (state.state === "stale" && state.reason === "partitions" && state.due?.touched.length === 0) {
    return visible(columns).map(({ name: column }) => ({ column, class: "forward_only", what: "partitions" }))
  }
  const upstream = new Map<string, ColumnChange>(
    asset.deps.flatMap((dep) =>
      (plans.get(dep)?.columns ?? []).map((change) => [`${dep}.${change.column}`, change] as const)
    )
  )
  if (upstream.size === 0) return own
  // What is only added upstream shows nowhere until somebody names it, and a star's new column counts as this asset's own.
  const grave = new Map<string, ColumnChange>([...upstream].filter(([, change]) => change.what !== "added"))
  const rows =
    asset.deps.map((dep) => `${dep}.*`).find((name) => grave.has(name)) ??
    Object.keys(lineage.rows).find((name) => grave.has(name))
  const known = new Set(own.map(({ column }) => column))
  const further = visible(columns).flatMap(({ name }): ReadonlyArray<ColumnChange> => {
    const { direct = {}, indirect = {} } = lineage.columns[name] ?? {}
    const through = [...Object.keys(direct), ...Object.keys(indirect)].find((source) => grave.has(source)) ?? rows
    if (through === undefined || known.has(name)) return []
    return [{ column: name, class: grave.get(through)!.class, what: "upstream", through }]
  })
  return [...own, ...further]
}

function partitionsOf(partitions: BoundAsset["asset"]["partitions"], state: AssetState) {
  if (partitions === undefined || state.state !== "stale" || state.due === undefined) return {}
  const ranges = unite([...state.due.missing, ...state.due.touched])
  if (ranges.length === 0) return {}
  const words = ranges.slice(0, 5).map((range) => rangeInWords(range).en)
  return { partitions: { count: countPartitions(partitions, ranges) ?? null, ranges: words } }
}

const productsBelow = (key: string, readers: (key: string) => ReadonlyArray<string>): ReadonlyArray<string> =>
  [...reach([key], readers)]
    .filter((one) => one.startsWith("release."))
    .map((one) => one.slice("release.".length))
    .sort()
