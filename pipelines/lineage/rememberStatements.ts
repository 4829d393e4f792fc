import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { BoundAsset } from "./BoundAsset.ts"
import type { Made } from "../engine/staleness.ts"

/** A statement as it stood when an asset was made. */
export interface RememberedStatement {
  readonly asset: string
  readonly run: string
  readonly statement: string
}

const table = `create table if not exists _assay.statement (
  asset varchar not null, run varchar not null, statement varchar not null, primary key (asset, run)
)`

/**
 * Keeps the statement of every materialization that has none yet and whose code is still the one of today: what an older version is
 * replayed with, and what a plan compares a changed definition to.
 *
 * @param version  an asset's code version now
 */
export const rememberStatements = Effect.fn("rememberStatements")(function* (
  bound: ReadonlyMap<string, BoundAsset>,
  made: (key: string) => Made | undefined,
  version: (key: string) => string | undefined
) {
  const warehouse = yield* Warehouse
  yield* warehouse.run(table)
  const known = yield* warehouse.query<{ name: string }>("select asset || ' ' || run as name from _assay.statement")
  const names = new Set(known.map(({ name }) => name))
  const fresh = [...bound.values()].flatMap(({ asset: { key }, statement }) => {
    const last = made(key)
    const same = last !== undefined && last.codeVersion === version(key) && !names.has(`${key} ${last.run}`)
    return same && statement !== "" ? [{ asset: key, run: last.run, statement }] : []
  })
  if (fresh.length === 0) return
  yield* warehouse.run(
    "insert or ignore into _assay.statement select unnest($assets::varchar[]), unnest($runs::varchar[]), unnest($statements::varchar[])",
    {
      assets: fresh.map(({ asset }) => asset),
      runs: fresh.map(({ run }) => run),
      statements: fresh.map(({ statement }) => statement)
    }
  )
})

/** The statements that materializations were made with, by `asset run`. */
export const rememberedStatements = Effect.fn("rememberedStatements")(function* () {
  const warehouse = yield* Warehouse
  yield* warehouse.run(table)
  const rows = yield* warehouse.query<RememberedStatement>("select asset, run, statement from _assay.statement")
  return new Map(rows.map(({ asset, run, statement }) => [`${asset} ${run}`, statement]))
})
