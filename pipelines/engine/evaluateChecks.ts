import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { AssetCheck } from "./Asset.ts"

export interface CheckResult {
  readonly name: string
  readonly severity: AssetCheck["severity"]
  readonly passed: boolean
  /** Rows that break the rule. */
  readonly failing: number
}

const mostKept = 1000

/**
 * Counts what breaks each rule, predicates on one relation in one scan, and keeps the event ids of up to a thousand failing rows a rule
 * for the steward.
 */
export const evaluateChecks = Effect.fn("evaluateChecks")(function* (
  asset: string,
  rules: ReadonlyArray<AssetCheck>,
  table: string,
  run: string
) {
  const warehouse = yield* Warehouse
  const counts = new Map<AssetCheck, number>()
  for (const [relation, together] of Map.groupBy(rules, (rule) =>
    "breaks" in rule ? (rule.of ?? table) : undefined
  )) {
    if (relation === undefined) continue
    const sums = together.map((rule, i) => `count(*) filter (where ${"breaks" in rule ? rule.breaks : ""}) as n${i}`)
    const [row] = yield* warehouse.query<Record<string, number>>(`select ${sums.join(", ")} from ${relation}`)
    for (const [i, rule] of together.entries()) counts.set(rule, row![`n${i}`]!)
  }
  const results: Array<CheckResult> = []
  for (const rule of rules) {
    const failing =
      "failing" in rule
        ? rule.failing.replaceAll("{table}", table)
        : `select _event_id from ${rule.of ?? table} where ${rule.breaks}`
    const n = counts.get(rule) ?? (yield* countOf(failing))
    results.push({ name: rule.name, severity: rule.severity, passed: n === 0, failing: n })
    if (n === 0) continue
    yield* warehouse.run(
      `insert into _assay.failing select $asset, $run, $check, _event_id from (${failing}) limit ${mostKept}`,
      { asset, run, check: rule.name }
    )
  }
  return results
})

const countOf = Effect.fnUntraced(function* (query: string) {
  const warehouse = yield* Warehouse
  const [row] = yield* warehouse.query<{ n: number }>(`select count(*) as n from (${query})`)
  return row!.n
})
