import { Clock, Effect } from "effect"
import { Refused } from "#core/Refused.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset, InputColumns } from "./Asset.ts"
import { quoteKey, recordMade } from "./madeTable.ts"
import { Makers } from "./Makers.ts"
import type { MakeOptions } from "./Makers.ts"
import { evaluateChecks } from "./evaluateChecks.ts"
import { materialize, measure } from "./materialize.ts"
import type { CheckResult } from "./evaluateChecks.ts"
import type { Made } from "./staleness.ts"

type Facts = Pick<Made, "run" | "codeVersion" | "dataVersion" | "inputs">

export interface Making {
  readonly made: Made
  readonly changed: boolean
  readonly checks: ReadonlyArray<CheckResult>
  readonly notices: ReadonlyArray<string>
}

/** Makes one asset as its kind asks for and remembers it. `last` is what stands now. */
export const makeAsset = Effect.fn("makeAsset")(function* (
  asset: Asset,
  facts: Facts,
  options: MakeOptions,
  last: Made | undefined
) {
  switch (asset.kind) {
    case "source":
    case "release":
      return yield* makeOutside(asset, facts, options, last)
    case "view":
      return yield* makeView(asset, facts)
    case "incremental_by_time_range":
    case "incremental_by_unique_key":
    case "full": {
      const { statement, rules } = yield* resolveAsset(asset)
      const { made, checks } = yield* materialize(asset.key, statement, rules, facts, {
        onProgress: options.onProgress
      })
      if (made === undefined) return yield* blocked(asset, checks)
      return { made, checks, changed: true, notices: [] } satisfies Making as Making
    }
  }
})

const makeOutside = Effect.fnUntraced(function* (
  asset: Asset,
  facts: Facts,
  options: MakeOptions,
  last: Made | undefined
) {
  const warehouse = yield* Warehouse
  const makers = yield* Makers
  const begun = yield* Clock.currentTimeMillis
  const outcome = yield* asset.kind === "source" ? makers.land(asset, options) : makers.release(asset, options)
  const { dataVersion, rows, notices } = outcome
  const ended = yield* Clock.currentTimeMillis
  const same = last !== undefined && last.dataVersion === dataVersion && last.codeVersion === facts.codeVersion
  const checks = yield* evaluateChecks(asset.key, (yield* resolveAsset(asset)).rules, quoteKey(asset.key), facts.run)
  if (same) return { made: last, checks, changed: false, notices } satisfies Making as Making
  const { bytes } = yield* measure(quoteKey(asset.key))
  const made: Made = {
    ...facts,
    asset: asset.key,
    physical: asset.key,
    dataVersion,
    rows,
    bytes,
    millis: ended - begun,
    madeAt: new Date(ended).toISOString()
  }
  yield* recordMade(warehouse, made)
  return { made, checks, changed: true, notices } satisfies Making as Making
})

const makeView = Effect.fnUntraced(function* (asset: Asset, facts: Facts) {
  const warehouse = yield* Warehouse
  const { statement, rules } = yield* resolveAsset(asset)
  const madeAt = new Date(yield* Clock.currentTimeMillis).toISOString()
  const made: Made = { ...facts, asset: asset.key, physical: asset.key, rows: 0, bytes: 0, millis: 0, madeAt }
  yield* warehouse.transaction((session) =>
    Effect.gen(function* () {
      yield* session.run(`create or replace view ${quoteKey(asset.key)} as ${statement}`)
      yield* recordMade(session, made)
    })
  )
  const checks = yield* evaluateChecks(asset.key, rules, quoteKey(asset.key), facts.run)
  return { made, checks, changed: true, notices: [] } satisfies Making as Making
})

/** The statement and rules of an asset, now that the columns of what it reads are there. */
export const resolveAsset = Effect.fnUntraced(function* ({ sql, checks, deps }: Asset) {
  const columns = new Map<string, ReadonlyArray<string>>()
  if (typeof sql === "function" || typeof checks === "function") {
    for (const dep of deps)
      columns.set(
        dep,
        (yield* columnsOf(dep)).map((column) => column.name)
      )
  }
  const inputs: InputColumns = columns
  return {
    statement: typeof sql === "function" ? sql(inputs) : (sql ?? ""),
    rules: typeof checks === "function" ? checks(inputs) : checks
  }
})

/** The columns of a table or view, hidden ones (`_...`) too, in order. */
export const columnsOf = Effect.fnUntraced(function* (key: string) {
  const warehouse = yield* Warehouse
  const [schema, name] = key.split(/\.(.*)/s)
  return yield* warehouse.query<{ name: string; type: string }>(
    `select column_name as name, data_type as type from duckdb_columns()
     where schema_name = $schema and table_name = $name order by column_index`,
    { schema: schema!, name: name! }
  )
})

function blocked(asset: Asset, checks: ReadonlyArray<CheckResult>): Refused {
  const broken = checks.filter((check) => !check.passed && check.severity === "block")
  return new Refused({
    code: "check.blocking",
    message: `${asset.key} was not published: ${broken.map((check) => `${check.name} fails on ${check.failing} rows`).join(", ")}.`,
    fix: `Mend the source and run again; the table that was published before still stands. The failing events are listed by \`assay show ${asset.key}\`.`,
    where: { asset: asset.key }
  })
}
