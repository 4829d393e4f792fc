import { Clock, Effect } from "effect"
import { Home } from "#core/home/Home.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset, AssetCheck } from "./Asset.ts"
import { columnsIn, dataVersionOf } from "./contents.ts"
import { quoteKey, recordMade } from "./madeTable.ts"
import { holdFence } from "./holdFence.ts"
import type { MakeContext } from "./MakeContext.ts"
import { recordTouched } from "./partition/intervalTable.ts"
import { everything } from "./partition/KeyRange.ts"
import { keysOfRows, touchedKeys } from "./partition/touchedKeys.ts"
import { stageRows } from "./stageRows.ts"
import type { Stage } from "./stageRows.ts"
import type { Made } from "./staleness.ts"

/**
 * Makes a `full` asset in two short transactions: its rows into a staged table of the run; then, when no blocking check fails, the
 * asset's name is pointed at them and the old rows are dropped. A reader sees the old table or the new one, never a part.
 */
export const materialize = Effect.fn("materialize")(function* (
  asset: Asset,
  statement: string,
  rules: ReadonlyArray<AssetCheck>,
  context: MakeContext
) {
  const warehouse = yield* Warehouse
  const { hmac } = yield* Home
  const begun = yield* Clock.currentTimeMillis
  const stage = yield* stageRows(asset, "", { sql: statement }, rules, context)
  const ended = yield* Clock.currentTimeMillis
  const { rows, bytes, sum } = stage.contents
  const made: Made = {
    asset: asset.key,
    run: context.run,
    physical: `_stage.${stage.name}`,
    codeVersion: context.codeVersion,
    dataVersion: dataVersionOf(hmac, asset.key, stage.columns, stage.contents),
    inputs: context.inputs,
    rows,
    bytes,
    millis: ended - begun,
    madeAt: new Date(ended).toISOString(),
    sum: String(sum)
  }
  const show = `${publish(asset.key, stage, context.last, made)} ${recordMade(made)}`
  const { partitionedReaders } = context
  yield* warehouse.transaction(
    (session) =>
      Effect.gen(function* () {
        if (partitionedReaders) {
          yield* recordTouched(session, asset.key, context.run, yield* touchedBy(session, asset, stage, context.last))
          yield* session.script(show)
        }
        yield* holdFence(session, asset.key, stage.table, context)
      }),
    partitionedReaders ? "" : show
  )
  return made
})

/** The statements that point the asset's name at a table and drop the one before. */
export const publish = (
  key: string,
  { table, traced }: Pick<Stage, "table" | "traced">,
  last: Made | undefined,
  made: Made
): string => {
  const show = `create or replace view ${quoteKey(key)} as select ${traced ? "* exclude (_src)" : "*"} from ${table};`
  return last === undefined || last.physical === made.physical
    ? show
    : `${show} drop table if exists ${quoteKey(last.physical)};`
}

/** The partitions in which a table that takes the place of another differs from it. */
export const touchedBy = Effect.fnUntraced(function* (
  session: Session,
  { partitions }: Asset,
  stage: Stage,
  last: Made | undefined
) {
  if (partitions === undefined) return []
  if (last === undefined) return yield* keysOfRows(session, partitions, stage.table, {})
  const names = (columns: Stage["columns"]): ReadonlyArray<string> =>
    columns.map(({ name, type }) => `${name} ${type}`).sort()
  const old = quoteKey(last.physical)
  const stored = yield* Effect.orElseSucceed(columnsIn(session, old), (): Stage["columns"] => [])
  const before = stored.filter(({ name }) => name !== "_src")
  if (names(before).join("\n") !== names(stage.columns).join("\n")) return [everything]
  const columns = stage.columns.map(({ name }) => name).sort()
  return yield* touchedKeys(session, partitions, columns, old, stage.table, {})
})
