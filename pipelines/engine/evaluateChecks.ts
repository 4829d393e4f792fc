import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset, AssetCheck } from "./Asset.ts"
import { columnsIn } from "./contents.ts"
import { keyOf } from "./partition/partitionSql.ts"

export interface CheckResult {
  readonly name: string
  readonly severity: AssetCheck["severity"]
  readonly passed: boolean
  /** Rows that break the rule. */
  readonly failing: number
  /** The first partitions that such rows lie in, of a partitioned asset. */
  readonly partitions?: ReadonlyArray<string>
}

const mostKept = 1000
const mostNamed = 20

/**
 * Counts what breaks each rule, predicates on one relation in one scan, and keeps event ids, grain and partition of up to a thousand failing rows
 * a rule for the steward.
 *
 * @param counted  how many rows break a rule, where that is known already
 */
export const evaluateChecks = Effect.fn("evaluateChecks")(function* (
  asset: Asset,
  rules: ReadonlyArray<AssetCheck>,
  table: string,
  run: string,
  counted: ReadonlyMap<AssetCheck, number> = new Map()
) {
  const warehouse = yield* Warehouse
  const counts = new Map(counted)
  const open = rules.filter((rule) => !counts.has(rule))
  for (const [relation, together] of Map.groupBy(open, (rule) => ("breaks" in rule ? (rule.of ?? table) : undefined))) {
    if (relation === undefined) continue
    const sums = together.map((rule, i) => `count(*) filter (where ${"breaks" in rule ? rule.breaks : ""}) as n${i}`)
    const [row] = yield* warehouse.query<Record<string, number>>(`select ${sums.join(", ")} from ${relation}`)
    for (const [i, rule] of together.entries()) counts.set(rule, row![`n${i}`]!)
  }
  const results: Array<CheckResult> = []
  for (const rule of rules) {
    const failing =
      "failing" in rule ? rule.failing.replaceAll("{table}", table) : `from ${rule.of ?? table} where ${rule.breaks}`
    const n = counts.get(rule) ?? (yield* countOf(failing))
    const result = { name: rule.name, severity: rule.severity, passed: n === 0, failing: n }
    const partitions = n === 0 ? [] : yield* keepFailing(asset, run, rule.name, failing)
    results.push(partitions.length === 0 ? result : { ...result, partitions })
  }
  return results
})

/** Keeps the failing rows by what names them, and says which partitions they lie in. */
const keepFailing = Effect.fnUntraced(function* (asset: Asset, run: string, check: string, failing: string) {
  const warehouse = yield* Warehouse
  const { partitions } = asset
  const there = new Set((yield* columnsIn(warehouse, `(${failing})`)).map(({ name }) => name))
  const event = there.has("_event_id") ? "_event_id::uuid" : "null::uuid"
  const named = asset.grain.length > 0 && asset.grain.every((name) => there.has(name))
  const columns = asset.grain.map((name) => `${quoteIdentifier(name)} := ${quoteIdentifier(name)}`)
  const grain = named ? `to_json(struct_pack(${columns.join(", ")}))::varchar` : "null::varchar"
  const row = (key: string): string =>
    `select ${event} as event_id, ${grain} as grain, ${key} as part from (${failing})`
  const insert = (key: string) =>
    warehouse.run(
      `insert into _assay.failing (asset, run, check_name, event_id, grain, part)
       select $asset, $run, $check, event_id, grain, part from (${row(key)}) limit ${mostKept}`,
      { asset: asset.key, run, check }
    )
  if (partitions === undefined) {
    yield* insert("null::varchar")
    return []
  }
  // A rule's own query may leave out the column that tells the partition; then its rows are kept without.
  const found = yield* Effect.result(
    warehouse.query<{ part: string }>(
      `select distinct part from (${row(keyOf(partitions))}) where part is not null order by part limit ${mostNamed}`
    )
  )
  yield* insert(found._tag === "Success" ? keyOf(partitions) : "null::varchar")
  return found._tag === "Success" ? found.success.map(({ part }) => part) : []
})

const countOf = Effect.fnUntraced(function* (query: string) {
  const warehouse = yield* Warehouse
  const [row] = yield* warehouse.query<{ n: number }>(`select count(*) as n from (${query})`)
  return row!.n
})
