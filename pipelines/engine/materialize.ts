import { Clock, Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { RunOptions } from "#core/warehouse/Session.ts"
import type { AssetCheck } from "./Asset.ts"
import { evaluateChecks } from "./evaluateChecks.ts"
import type { CheckResult } from "./evaluateChecks.ts"
import { quoteKey, recordMade } from "./madeTable.ts"
import type { Made } from "./staleness.ts"

/** Either a new materialization, or the results of the checks that stopped it; then the old table stands as it was. */
export interface Materialization {
  readonly made: Made | undefined
  readonly checks: ReadonlyArray<CheckResult>
}

/**
 * Makes a `full` asset in two short transactions: its rows into a staged table of the run; then, when no blocking check fails, the
 * asset's name is pointed at them and the old rows are dropped. A reader sees the old table or the new one, never a part.
 */
export const materialize = Effect.fn("materialize")(function* (
  asset: string,
  statement: string,
  rules: ReadonlyArray<AssetCheck>,
  facts: Pick<Made, "run" | "codeVersion" | "dataVersion" | "inputs">,
  options?: RunOptions
) {
  const warehouse = yield* Warehouse
  const begun = yield* Clock.currentTimeMillis
  const name = `${asset.replace(".", "__")}__${facts.run}`
  const staged = quoteIdentifier("_stage", name)
  yield* warehouse.run(`create or replace table ${staged} as ${statement}`, undefined, options)
  const checks = yield* evaluateChecks(asset, rules, staged, facts.run)
  if (checks.some((check) => !check.passed && check.severity === "block")) {
    yield* warehouse.run(`drop table ${staged}`)
    return { made: undefined, checks } satisfies Materialization
  }
  const { rows, bytes } = yield* measure(staged)
  const ended = yield* Clock.currentTimeMillis
  const made: Made = {
    asset,
    ...facts,
    physical: `_stage.${name}`,
    rows,
    bytes,
    millis: ended - begun,
    madeAt: new Date(ended).toISOString()
  }
  yield* warehouse.transaction((session) =>
    Effect.gen(function* () {
      const [old] = yield* session.query<{ physical: string }>(
        "select physical from _assay.made where asset = $asset order by seq desc limit 1",
        { asset }
      )
      yield* session.run(`create or replace view ${quoteKey(asset)} as select * from ${staged}`)
      if (old !== undefined && old.physical !== made.physical) {
        yield* session.run(`drop table if exists ${quoteKey(old.physical)}`)
      }
      yield* recordMade(session, made)
    })
  )
  return { made, checks } satisfies Materialization
})

/** Rows, and bytes as the columns hold them in memory: 8 a number or instant, 16 an id, 1 a flag, the UTF-8 length of a text. */
export const measure = Effect.fnUntraced(function* (table: string) {
  const warehouse = yield* Warehouse
  const columns = yield* warehouse.query<{ column_name: string; column_type: string }>(`describe ${table}`)
  const width = columns.map(({ column_name, column_type }) =>
    column_type === "VARCHAR"
      ? `coalesce(sum(strlen(${quoteIdentifier(column_name)})), 0)`
      : `${fixedWidth(column_type)} * count(*)`
  )
  const [row] = yield* warehouse.query<{ row_count: number; byte_count: number }>(
    `select count(*) as row_count, (${width.join(" + ") || "0"})::bigint as byte_count from ${table}`
  )
  return { rows: row?.row_count ?? 0, bytes: row?.byte_count ?? 0 }
})

const fixedWidth = (type: string): number =>
  type === "BOOLEAN" ? 1 : /^(?:UUID|HUGEINT|UHUGEINT|INTERVAL)/.test(type) ? 16 : 8
