import { Effect, Result } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { model } from "../assets/core/model.ts"
import type { Asset } from "../engine/Asset.ts"
import { columnsOf } from "../engine/makeAsset.ts"
import { quoteKey } from "../engine/madeTable.ts"

/**
 * The columns that an asset will have, found before any data is there: its statement and those it reads are bound against empty tables
 * made from the canonical model. Empty when they follow files that were not read yet.
 *
 * @param order  every asset of the home, each after those it reads
 */
export const twinColumns = Effect.fn("twinColumns")(
  function* (order: ReadonlyArray<Asset>, key: string) {
    const warehouse = yield* Warehouse
    for (const [name, { columns }] of Object.entries(model)) {
      const typed = columns.map((column) => `${quoteIdentifier(column.name)} ${column.type}`)
      yield* warehouse.run(
        `create table core.${quoteIdentifier(name)} (${typed.join(", ")}, _source varchar, _lic uinteger, _event_id uuid)`
      )
    }
    for (const asset of order) {
      const known = asset.group === "core" || typeof asset.sql !== "string" || asset.kind !== "full"
      if (!known)
        yield* Effect.result(warehouse.run(`create table ${quoteKey(asset.key)} as from (${asset.sql}) limit 0`))
    }
    return Result.getOrElse(yield* Effect.result(columnsOf(key)), () => [])
  },
  Effect.provide(Warehouse.memory, { local: true })
)
