import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Effect } from "effect"

/**
 * Puts the roots of landed batches into the log. A batch whose landing was committed and whose process died before this is logged by the
 * next landing; one that is logged twice says the same twice.
 */
export const logBindings = Effect.fn("logBindings")(function* () {
  const warehouse = yield* Warehouse
  const log = yield* Log
  const batches = yield* warehouse.query<{ batch: string; root: string }>(
    "select batch, root from _base.binding where not logged order by batch"
  )
  if (batches.length === 0) return
  yield* (yield* Records).write((db) => {
    for (const { batch, root } of batches) {
      log.append(db, { type: "ingest-binding", operation: batch, commitment: root })
    }
  })
  yield* warehouse.run("update _base.binding set logged = true where list_contains($batches::varchar[], batch)", {
    batches: batches.map(({ batch }) => batch)
  })
})
