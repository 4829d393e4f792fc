import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"

const blockBytes = 262_144
/** A random id cannot be packed into less than its sixteen bytes. */
const idBytes = 16

/**
 * Fills the blocks that are free in the warehouse's file with random ids, and frees them again: what was deleted is then nowhere in it. A block
 * that one checkpoint frees is to be had only after the next, hence the second round.
 */
export const overwriteFree = Effect.fn("overwriteFree")(function* () {
  const warehouse = yield* Warehouse
  yield* warehouse.run("checkpoint")
  for (let round = 0; round < 2; round++) {
    const [size] = yield* warehouse.query<{ blocks: number }>(
      "select greatest(free_blocks, 4) as blocks from pragma_database_size() where database_name = current_database()"
    )
    const rows = Math.ceil(((size?.blocks ?? 4) + 2) * (blockBytes / idBytes))
    yield* warehouse.run(`create or replace table _assay.filler as select uuid() as id from range(${rows})`)
    yield* warehouse.run("checkpoint")
    yield* warehouse.run("drop table _assay.filler")
    yield* warehouse.run("checkpoint")
  }
})
