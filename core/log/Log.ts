import { Context, Effect, Layer, Schedule } from "effect"
import { Records } from "../records/Records.ts"
import type { Db, RecordsError } from "../records/Records.ts"
import { leafBytes } from "./LogEntry.ts"
import type { LogEntry } from "./LogEntry.ts"
import { appendLeaf, leafHash, rootOf } from "./merkle.ts"
import type { Frontier } from "./merkle.ts"

/** The size of the tree and its root as 64 hexadecimal digits. */
export interface LogHead {
  readonly size: number
  readonly root: string
}

/**
 * The append-only record of what the house did. Entries wait in an outbox that is written in the same transaction as the
 * thing they speak of, and are drained into the tree in that order: nothing happens unlogged, nothing is logged that did not happen.
 */
export class Log extends Context.Service<
  Log,
  {
    /** Puts an entry, at the current epoch, into the outbox of the transaction that `db` is in. */
    append(db: Db, entry: Omit<LogEntry, "epoch">): void
    /** Moves the outbox into the tree. Repeating it changes nothing. */
    readonly drain: Effect.Effect<LogHead, RecordsError>
    /** Recomputes the root from the entries; `sound` is false if a leaf or the stored root was changed. */
    readonly verify: Effect.Effect<LogHead & { readonly sound: boolean; readonly firstBad?: number }, RecordsError>
  }
>()("core/Log") {
  static readonly layer: Layer.Layer<Log, never, Records> = Layer.effect(
    Log,
    Effect.gen(function* () {
      const records = yield* Records
      const waiting = records.read((db) => db.get("select 1 as one from outbox limit 1") !== undefined)
      const drainWaiting = Effect.ignore(
        Effect.flatMap(waiting, (some) => (some ? records.write(drainOutbox) : Effect.void))
      )
      // What this process has put into the outbox is in the tree a moment later, and at the latest when the process ends.
      yield* Effect.addFinalizer(() => drainWaiting)
      yield* Effect.forkScoped(Effect.repeat(drainWaiting, Schedule.spaced("250 millis")))
      return Log.of({
        append: (db, entry) => {
          const epoch = db.get<{ value: number }>("select value from epoch")!.value
          db.run("insert into outbox (leaf) values ($leaf)", { leaf: leafBytes({ ...entry, epoch }) })
        },
        drain: records.write(drainOutbox),
        verify: records.read(verifyTree)
      })
    })
  )
}

const splitRoots = (roots: Uint8Array): ReadonlyArray<Uint8Array> =>
  Array.from({ length: roots.length / 32 }, (_, i) => roots.slice(i * 32, i * 32 + 32))

function loadFrontier(db: Db): Frontier {
  const row = db.get<{ size: number; roots: Uint8Array }>("select size, roots from log_frontier")!
  return { size: row.size, roots: splitRoots(row.roots) }
}

const headOf = (frontier: Frontier): LogHead => ({
  size: frontier.size,
  root: Buffer.from(rootOf(frontier)).toString("hex")
})

function drainOutbox(db: Db): LogHead {
  let frontier = loadFrontier(db)
  const waiting = db.all<{ leaf: Uint8Array }>("select leaf from outbox order by seq")
  if (waiting.length === 0) return headOf(frontier)
  for (const { leaf } of waiting) {
    const hash = leafHash(leaf)
    db.run("insert into log_entry values ($idx, $leaf, $hash)", { idx: frontier.size, leaf, hash })
    frontier = appendLeaf(frontier, hash)
  }
  db.run("update log_frontier set size = $size, roots = $roots", {
    size: frontier.size,
    roots: Buffer.concat(frontier.roots)
  })
  db.run("delete from outbox")
  return headOf(frontier)
}

function verifyTree(db: Db): LogHead & { sound: boolean; firstBad?: number } {
  const stored = loadFrontier(db)
  let frontier: Frontier = { size: 0, roots: [] }
  for (let from = 0; from < stored.size; from += 4096) {
    const page = db.all<{ idx: number; leaf: Uint8Array; hash: Uint8Array }>(
      "select idx, leaf, hash from log_entry where idx >= $from and idx < $to order by idx",
      { from, to: from + 4096 }
    )
    for (const { idx, leaf, hash } of page) {
      const own = leafHash(leaf)
      if (idx !== frontier.size || Buffer.compare(own, hash) !== 0) {
        return { ...headOf(stored), sound: false, firstBad: frontier.size }
      }
      frontier = appendLeaf(frontier, own)
    }
  }
  const sound = frontier.size === stored.size && headOf(frontier).root === headOf(stored).root
  return { ...headOf(stored), sound, ...(sound ? {} : { firstBad: frontier.size }) }
}
