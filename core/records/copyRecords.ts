import { DatabaseSync } from "node:sqlite"
import { Effect } from "effect"
import { Unavailable } from "../Unavailable.ts"

/**
 * Writes a consistent copy of the records, as one compact file, while every process that would write waits. What else has to be of the same
 * moment, such as the tiles of the log, is copied by `meanwhile` under that lock.
 *
 * @param file    the records, open elsewhere or not
 * @param target  must not exist
 */
export const copyRecords = (file: string, target: string, meanwhile: () => void): Effect.Effect<void, Unavailable> =>
  Effect.try({
    try: () => {
      const lock = new DatabaseSync(file, { timeout: 5000 })
      const reader = new DatabaseSync(file, { timeout: 5000 })
      try {
        lock.exec("begin immediate")
        reader.prepare("vacuum into ?").run(target)
        meanwhile()
      } finally {
        if (lock.isTransaction) lock.exec("rollback")
        lock.close()
        reader.close()
      }
    },
    catch: () =>
      new Unavailable({
        code: "records.copy",
        message: "The records could not be copied.",
        fix: "Check that the disk has space and that no other process writes for longer than 5 seconds, then try again."
      })
  })
