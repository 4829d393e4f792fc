import { DateTime, Effect, FileSystem, Path } from "effect"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { forgetSubject } from "#privacy/budget/forgetSubject.ts"
import { eraseRows } from "#privacy/consent/erasure/eraseRows.ts"
import { Revocations } from "#privacy/consent/revocation/Revocations.ts"
import { clearRecalled } from "./clearRecalled.ts"
import { withdrawFrozen } from "./withdrawFrozen.ts"

/**
 * Takes a subject out of the house for ever: rows, names, keys, files. What was promised for noisy figures stays, since nobody is in them.
 *
 * The records come first: from then on nothing new can be made of the subject, whatever happens to the rest.
 */
export const eraseEverything = Effect.fn("eraseEverything")(function* (subj: number) {
  const records = yield* Records
  const [person] = yield* (yield* Warehouse).query<{ id: string }>("select id from _base.subject where subj = $subj", {
    subj
  })
  const { operation, epoch } = yield* (yield* Revocations).erase(subj)
  const at = DateTime.formatIso(yield* DateTime.now)
  yield* records.write((db) => {
    withdrawFrozen(db, at)
    if (person !== undefined) forgetSubject(db, person.id)
  })
  yield* clearRecalled()
  const { rows, tables } = yield* eraseRows(subj)
  yield* emptyTmp()
  yield* records.vacuum
  return { operation, epoch, rows, tables }
})

/** Files of a hand-over that was cut off. */
const emptyTmp = Effect.fnUntraced(function* () {
  const files = yield* FileSystem.FileSystem
  const paths = yield* Path.Path
  const { tmp } = yield* Home
  const left = yield* Effect.orElseSucceed(files.readDirectory(tmp), (): Array<string> => [])
  for (const name of left.filter((one) => one.startsWith("delivery-"))) {
    yield* Effect.ignore(files.remove(paths.join(tmp, name), { recursive: true, force: true }))
  }
})
