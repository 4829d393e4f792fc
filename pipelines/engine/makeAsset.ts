import { Clock, Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset, InputColumns } from "./Asset.ts"
import { columnsIn, contentsOf } from "./contents.ts"
import { evaluateChecks } from "./evaluateChecks.ts"
import { quoteKey, recordMade } from "./madeTable.ts"
import { wasFenced } from "./holdFence.ts"
import type { MakeContext } from "./MakeContext.ts"
import { Makers } from "./Makers.ts"
import { Scans } from "./Scans.ts"
import { materialize } from "./materialize.ts"
import { forgetIntervals, recordIntervals, recordTouched } from "./partition/intervalTable.ts"
import { everything } from "./partition/KeyRange.ts"
import { makePartitions } from "./partition/makePartitions.ts"
import { keysOfRows } from "./partition/touchedKeys.ts"
import type { Made } from "./staleness.ts"
import { yieldToFreezes } from "./yieldToFreezes.ts"

export interface Making {
  readonly made: Made
  readonly changed: boolean
}

/** Makes one asset as its kind asks for, remembers it and tells what there is to tell, but for the making of what is made at once. */
export const makeAsset = Effect.fn("makeAsset")(function* (asset: Asset, context: MakeContext) {
  switch (asset.kind) {
    case "source":
    case "release":
      return yield* makeOutside(asset, context)
    case "view":
      return yield* told(asset, context, yield* makeView(asset, context))
    case "incremental_by_time_range":
    case "incremental_by_unique_key": {
      yield* checkSpec(asset)
      const { statement, rules } = yield* resolveAsset(asset)
      const made = yield* guarded(asset, statement, context, (read, how) => makePartitions(asset, read, rules, how))
      return { made, changed: true } satisfies Making as Making
    }
    case "full": {
      const { statement, rules } = yield* resolveAsset(asset)
      const made = yield* guarded(asset, statement, context, (read, how) => materialize(asset, read, rules, how))
      return yield* told(asset, context, made)
    }
  }
})

const mostTries = 5

/**
 * Makes an asset from what the licences of the records let it read, and remembers what that was. Whoever withdraws meanwhile makes it begin again.
 */
const guarded = <A, E, R>(
  asset: Asset,
  statement: string,
  context: MakeContext,
  make: (statement: string, context: MakeContext) => Effect.Effect<A, E, R>
) => Effect.retry(guardedOnce(asset, statement, context, make), { times: mostTries, while: wasFenced })

const guardedOnce = Effect.fnUntraced(function* <A, E, R>(
  asset: Asset,
  statement: string,
  context: MakeContext,
  make: (statement: string, context: MakeContext) => Effect.Effect<A, E, R>
) {
  const scan = yield* (yield* Scans).open(asset, statement, context.run)
  // First, so that nothing is read unlogged, whatever happens next.
  yield* scan.remember
  return yield* yieldToFreezes(asset.key, scan.overtaken, make(scan.statement, { ...context, scan }))
}, Effect.scoped)

const told = (asset: Asset, { tell }: MakeContext, made: Made) =>
  Effect.as(tell({ type: "materialized", asset: asset.key, rows: made.rows, millis: made.millis }), {
    made,
    changed: true
  } satisfies Making as Making)

const makeOutside = Effect.fnUntraced(function* (asset: Asset, context: MakeContext) {
  const warehouse = yield* Warehouse
  const makers = yield* Makers
  const { last, run, codeVersion, inputs, tell } = context
  const begun = yield* Clock.currentTimeMillis
  const outcome = yield* asset.kind === "source" ? makers.land(asset, context) : makers.release(asset, context)
  const { dataVersion, rows, notices } = outcome
  const ended = yield* Clock.currentTimeMillis
  for (const notice of notices) yield* tell({ type: "noticed", asset: asset.key, notice })
  const checks = yield* evaluateChecks(asset, (yield* resolveAsset(asset)).rules, quoteKey(asset.key), run)
  if (checks.length > 0) yield* tell({ type: "checked", asset: asset.key, checks })
  if (last !== undefined && last.dataVersion === dataVersion && last.codeVersion === codeVersion) {
    return { made: last, changed: false } satisfies Making as Making
  }
  const columns = yield* columnsIn(warehouse, quoteKey(asset.key))
  const { bytes } = (yield* contentsOf(warehouse, quoteKey(asset.key), columns)).contents
  const made: Made = {
    asset: asset.key,
    run,
    physical: asset.key,
    codeVersion,
    dataVersion,
    inputs,
    rows,
    bytes,
    millis: ended - begun,
    madeAt: new Date(ended).toISOString()
  }
  yield* warehouse.transaction((session) =>
    Effect.gen(function* () {
      if (context.partitionedReaders && asset.partitions !== undefined) {
        // What came before the last landing was told with it; the clock's own grain may tell one twice, which does no harm.
        const fresh = `(select * from ${quoteKey(asset.key)} where _ingested_at >= $since::timestamp)`
        const since = last?.madeAt.replace("Z", "") ?? "0001-01-01"
        yield* recordTouched(session, asset.key, run, yield* keysOfRows(session, asset.partitions, fresh, { since }))
      }
      yield* session.script(recordMade(made))
    })
  )
  return yield* told(asset, context, made)
})

const makeView = Effect.fnUntraced(function* (asset: Asset, context: MakeContext) {
  const warehouse = yield* Warehouse
  const { hmac } = yield* Home
  const { statement, rules } = yield* resolveAsset(asset)
  const { run, codeVersion, inputs } = context
  const madeAt = new Date(yield* Clock.currentTimeMillis).toISOString()
  // Nothing is stored, so equal code over equal inputs names the rows without reading them.
  const dataVersion = hmac("data-version", canonicalJson({ version: codeVersion, inputs })).slice(0, 32)
  const made: Made = {
    asset: asset.key,
    run,
    codeVersion,
    inputs,
    dataVersion,
    physical: asset.key,
    rows: 0,
    bytes: 0,
    millis: 0,
    madeAt
  }
  const bare = statement.trim().replace(/;$/, "")
  const show = `create or replace view ${quoteKey(asset.key)} as ${bare}\n; ${recordMade(made)}`
  const note = (session: Session) =>
    Effect.gen(function* () {
      if (!context.partitionedReaders || asset.partitions === undefined) return
      // A view has no rows of its own to compare: what changed in it is what changed below it.
      yield* recordTouched(session, asset.key, run, context.last === undefined ? [everything] : context.allDue)
      yield* forgetIntervals(session, asset.key)
      const facts = { asset: asset.key, run, codeVersion, upto: context.intervals.now, madeAt }
      yield* recordIntervals(session, [everything], facts)
    })
  yield* warehouse.transaction(note, show)
  const checks = yield* evaluateChecks(asset, rules, quoteKey(asset.key), run)
  if (checks.length > 0) yield* context.tell({ type: "checked", asset: asset.key, checks })
  return made
})

const checkSpec = ({ key, kind, grain, partitions }: Asset): Effect.Effect<void, BadInput> => {
  const wrong =
    kind === "incremental_by_time_range" && partitions === undefined
      ? "it does not say how its rows fall into partitions"
      : kind === "incremental_by_unique_key" && grain.length === 0
        ? "it does not name the columns of its unique key (grain)"
        : undefined
  if (wrong === undefined) return Effect.void
  return Effect.fail(
    new BadInput({
      code: "asset.spec",
      message: `${key} cannot be made as ${kind}: ${wrong}.`,
      fix: "Complete the asset's definition, or make it of kind full.",
      where: { asset: key }
    })
  )
}

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
