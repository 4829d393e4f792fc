import { Effect } from "effect"
import { appendLeaf, emptyFrontier, leafHash, rootOf } from "#core/log/merkle.ts"
import type { Session } from "#core/warehouse/Session.ts"

/** About so many records go into one leaf, so a batch of a million needs some thousand hashes on our side. */
const recordsALeaf = 256

/** The leaf that a record belongs to: that of the first digits of its event id. */
export const bindingDigits = (rows: number): number =>
  Math.max(0, Math.ceil(Math.log(rows / recordsALeaf) / Math.log(16)))

/**
 * The Merkle root of a batch's bindings: which event is under which licence. A leaf is the SHA-256 of the text of the records whose event ids
 * begin alike, sorted, one line `event id:licence:subject` each; an event id is itself a keyed hash of the record's content.
 *
 * @param table quoted name of the raw table
 * @returns 64 hexadecimal digits
 */
export const bindingRoot = Effect.fn("bindingRoot")(function* (
  session: Session,
  table: string,
  batch: string,
  rows: number
) {
  const digits = bindingDigits(rows)
  const { values } = yield* session.columns(
    `select sha256(array_to_string(list_sort(list(line)), chr(10))) as leaf
     from (select _event_id::varchar || ':' || _lic || ':' || _subj as line from ${table} where _batch = $batch)
     group by substr(line, 1, ${digits}) order by min(line)`,
    { batch }
  )
  let frontier = emptyFrontier
  for (const leaf of (values["leaf"] ?? []) as ReadonlyArray<string>)
    frontier = appendLeaf(frontier, leafHash(Buffer.from(leaf, "hex")))
  return Buffer.from(rootOf(frontier)).toString("hex")
})
