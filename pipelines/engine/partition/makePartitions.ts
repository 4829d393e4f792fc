import { Clock, Effect } from "effect"
import { Home } from "#core/home/Home.ts"
import type { Params, Session } from "#core/warehouse/Session.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset, AssetCheck } from "../Asset.ts"
import { columnsIn, contentsOf, dataVersionOf, exchange } from "../contents.ts"
import { quoteKey, recordMade } from "../madeTable.ts"
import { holdFence } from "../holdFence.ts"
import type { MakeContext } from "../MakeContext.ts"
import { publish, touchedBy } from "../materialize.ts"
import { stageRows } from "../stageRows.ts"
import type { Stage } from "../stageRows.ts"
import type { Made } from "../staleness.ts"
import { forgetIntervals, recordIntervals, recordTouched } from "./intervalTable.ts"
import { everything, subtract, unite } from "./KeyRange.ts"
import type { KeyRanges } from "./KeyRange.ts"
import { dropOutdated, newestOfEachKey, sameGrain } from "./mergeSql.ts"
import { batchesOf, expectedRanges } from "./partitionKeys.ts"
import { rowsOf } from "./partitionSql.ts"
import { touchedKeys } from "./touchedKeys.ts"

/**
 * Makes the due partitions of an incremental asset, a batch at a time: each batch is staged and checked as a `full` asset is, then takes the place of exactly
 * those rows, and is remembered in the same transaction. A batch that was published stays when a later one fails, so going on makes only
 * what is left.
 *
 * When the definition changed, or the columns, all partitions are made in one batch: no reader shall see rows of two definitions in one table.
 */
export const makePartitions = Effect.fn("makePartitions")(function* (
  asset: Asset,
  statement: string,
  rules: ReadonlyArray<AssetCheck>,
  context: MakeContext
) {
  const whole = asset.partitions === undefined ? [everything] : expectedRanges(asset.partitions, context.asOf)
  const moved = context.last !== undefined && context.last.codeVersion !== context.codeVersion
  if (!moved) {
    const outcome = yield* makeBatches(asset, statement, rules, context, false)
    if (outcome !== "columns changed") return outcome
  }
  const made = yield* makeBatches(asset, statement, rules, { ...context, due: whole, batch: Infinity }, true)
  return made as Made
})

const makeBatches = Effect.fnUntraced(function* (
  asset: Asset,
  statement: string,
  rules: ReadonlyArray<AssetCheck>,
  context: MakeContext,
  anew: boolean
) {
  const { partitions } = asset
  const size = context.batch === Infinity ? undefined : (context.batch ?? partitions?.batch)
  const batches = partitions === undefined ? [context.due] : batchesOf(partitions, context.due, size)
  let made = context.last
  const mayPass = made !== undefined && !anew && (yield* passes(asset, statement))
  for (const [i, batch] of batches.entries()) {
    const begun = yield* Clock.currentTimeMillis
    const onProgress = (share: number): void => context.onProgress((i + share) / batches.length)
    const passing = mayPass && made !== undefined
    const rows = { ...takeRows(asset, statement, batch), passing }
    const stage = yield* stageRows(
      asset,
      batches.length === 1 ? "" : `__${i}`,
      rows,
      rules,
      { ...context, onProgress },
      batch
    )
    if (made !== undefined && !anew && !(yield* fits(quoteKey(made.physical), stage))) {
      yield* (yield* Warehouse).run(`drop table ${stage.table}`)
      return "columns changed" as const
    }
    const publishing = publishBatch(asset, batch, stage, { ...context, last: made }, anew || made === undefined, begun)
    const next = yield* passing ? Effect.ensuring(publishing, dropPassed(stage)) : publishing
    made = next
    context.remember(next)
    const partitionsMade = partitions === undefined ? {} : { partitions: batch }
    yield* context.tell({
      type: "materialized",
      asset: asset.key,
      rows: stage.contents.rows,
      millis: next.millis,
      ...partitionsMade
    })
    onProgress(1)
  }
  yield* settle(asset, context, anew)
  return made!
})

/**
 * Whether rows may be staged where nothing else is written while they are published: not where a batch is thinned out against the rows that stand, nor where
 * licences are still to be combined, which the guard does in one transaction with its own tables.
 */
const passes = Effect.fnUntraced(function* ({ kind, partitions }: Asset, statement: string) {
  if (kind === "incremental_by_unique_key" && partitions !== undefined) return false
  const columns = yield* (yield* Warehouse).shape(statement.trim().replace(/;$/, ""))
  return !columns.some(({ name }) => name === "_lics")
})

const dropPassed = ({ table }: Stage) =>
  Effect.flatMap(Warehouse, (warehouse) => Effect.ignore(warehouse.run(`drop table if exists ${table}`)))

/** The rows of a batch, from the statement of all rows. */
function takeRows(asset: Asset, statement: string, batch: KeyRanges): { sql: string; params?: Params } {
  const bare = statement.trim().replace(/;$/, "")
  const part = asset.partitions === undefined ? undefined : rowsOf(asset.partitions, batch)
  const rows = `select * from (${bare}\n) as _rows${part === undefined ? "" : ` where ${part.where}`}`
  const sql = asset.kind === "incremental_by_unique_key" ? newestOfEachKey(asset, rows) : rows
  return part === undefined ? { sql } : { sql, params: part.params }
}

const fits = Effect.fnUntraced(function* (physical: string, stage: Stage) {
  const there = yield* columnsIn(yield* Warehouse, physical)
  const shape = (columns: Stage["columns"]): string =>
    columns
      .map(({ name, type }) => `${name} ${type}`)
      .sort()
      .join("\n")
  return shape(there) === shape(stage.columns)
})

const publishBatch = Effect.fnUntraced(function* (
  asset: Asset,
  batch: KeyRanges,
  stage: Stage,
  context: MakeContext,
  first: boolean,
  begun: number
) {
  const { hmac } = yield* Home
  const { key } = asset
  const { run, codeVersion, inputs, last } = context
  return yield* (yield* Warehouse).transaction((session) =>
    Effect.gen(function* () {
      yield* holdFence(session, key, stage.table, context)
      const { contents, touched } = first
        ? {
            contents: stage.contents,
            touched: context.partitionedReaders ? yield* touchedBy(session, asset, stage, last) : []
          }
        : yield* takePlace(session, asset, batch, stage, { ...context, last: last! })
      const ended = yield* Clock.currentTimeMillis
      const made: Made = {
        asset: key,
        run,
        physical: first ? `_stage.${stage.name}` : last!.physical,
        codeVersion,
        dataVersion: dataVersionOf(hmac, key, stage.columns, contents),
        inputs,
        rows: contents.rows,
        bytes: contents.bytes,
        millis: ended - begun,
        madeAt: new Date(ended).toISOString(),
        sum: String(contents.sum)
      }
      yield* session.script(`${first ? publish(key, stage, last, made) : ""} ${recordMade(made)}`)
      if (first) yield* forgetIntervals(session, key)
      const facts = { asset: key, run, codeVersion, upto: context.intervals.now, madeAt: made.madeAt }
      yield* recordIntervals(session, batch, facts)
      if (context.partitionedReaders) yield* recordTouched(session, key, run, touched)
      return made
    })
  )
})

/** Puts staged rows in the place of those of the same partitions, or of the same grain, and says what that changed. */
const takePlace = Effect.fnUntraced(function* (
  session: Session,
  asset: Asset,
  batch: KeyRanges,
  stage: Stage,
  { last, partitionedReaders }: MakeContext & { readonly last: Made }
) {
  const physical = quoteKey(last.physical)
  const whole = { rows: last.rows, bytes: last.bytes, sum: BigInt(last.sum!) }
  const { columns } = stage
  let come = stage.contents
  let where = "true"
  let params: Params = {}
  if (asset.kind === "incremental_by_unique_key") {
    if (asset.partitions !== undefined) {
      const dropped = yield* session.run(dropOutdated(asset, stage.table, physical))
      if (dropped > 0) come = (yield* contentsOf(session, stage.table, columns)).contents
    }
    where = `exists (select 1 from ${stage.table} as _new where ${sameGrain(asset, "_new", "_old")})`
  } else if (asset.partitions !== undefined) ({ where, params } = rowsOf(asset.partitions, batch))
  const old = `(select * from ${physical} as _old where ${where})`
  const { contents: gone } = yield* contentsOf(session, old, columns, params)
  const same = gone.rows === come.rows && gone.sum === come.sum
  const names = columns.map(({ name }) => name).sort()
  const touched =
    same || asset.partitions === undefined || !partitionedReaders
      ? []
      : yield* touchedKeys(session, asset.partitions, names, old, stage.table, params)
  if (!same) {
    if (gone.rows > 0) yield* session.run(`delete from ${physical} as _old where ${where}`, params)
    yield* session.run(`insert into ${physical} by name select * from ${stage.table}`)
  }
  if (!stage.passing) yield* session.run(`drop table ${stage.table}`)
  return { contents: exchange(whole, gone, come), touched }
})

/** When nothing else is due, all partitions are up to now: one range for each stretch of them. */
const settle = Effect.fnUntraced(function* ({ key, partitions }: Asset, context: MakeContext, anew: boolean) {
  const warehouse = yield* Warehouse
  const expected = partitions === undefined ? [everything] : expectedRanges(partitions, context.asOf)
  const before = anew ? [] : (context.intervals.made.get(key) ?? [])
  if (subtract(context.allDue, context.due).length > 0 || subtract(unite(before), expected).length > 0) return
  // Nothing was there before, so what the batches wrote down is what there is.
  if (before.length === 0) return
  const { run, codeVersion, intervals } = context
  const madeAt = new Date(yield* Clock.currentTimeMillis).toISOString()
  const facts = { asset: key, run, codeVersion, upto: intervals.now, madeAt }
  yield* warehouse.transaction((session) =>
    Effect.andThen(forgetIntervals(session, key), recordIntervals(session, unite([...before, ...context.due]), facts))
  )
})
