import { generateKeyPairSync, sign } from "node:crypto"
import { join } from "node:path"
import { Clock, Context, Effect, Layer, Schedule } from "effect"
import { BadInput } from "../BadInput.ts"
import { Home } from "../home/Home.ts"
import { Records } from "../records/Records.ts"
import type { Db, RecordsError } from "../records/Records.ts"
import { drainGroup } from "./drainGroup.ts"
import { leafBytes } from "./LogEntry.ts"
import type { LogEntry } from "./LogEntry.ts"
import { folderFiles, memoryFiles } from "./LogFiles.ts"
import type { LogFiles } from "./LogFiles.ts"
import { logKeyOf } from "./LogKey.ts"
import type { LogKey } from "./LogKey.ts"
import { proveEntry, readEntries } from "./proveEntry.ts"
import type { EntryProof } from "./proveEntry.ts"
import { signedHead } from "./signedHead.ts"
import { verifyLog } from "./verifier/assay-verify.mjs"
import { witnessNotes } from "./witness/WitnessNotes.ts"

/** The size of the tree and its root as 64 hexadecimal digits. */
export interface LogHead {
  readonly size: number
  readonly root: string
}

/** What checking the whole log found; when it is not sound, the first entry that cannot be trusted and the file that shows it. */
export interface LogVerdict extends LogHead {
  readonly sound: boolean
  readonly firstBad?: number
  readonly file?: string
  readonly message?: string
}

/**
 * The append-only record of what the house did. Entries wait in an outbox that is written in the same transaction as the
 * thing they speak of, and are drained into the tree in that order: nothing happens unlogged, nothing is logged that did not happen.
 * The tree lies in tiles below `<home>/log`, under a signed checkpoint.
 */
export class Log extends Context.Service<
  Log,
  {
    /** Puts an entry, at the current epoch, into the outbox of the transaction that `db` is in. */
    append(db: Db, entry: Omit<LogEntry, "epoch">): void
    /** Moves the outbox into the tree. Repeating it changes nothing. */
    readonly drain: Effect.Effect<LogHead, RecordsError>
    /** Reads every byte of the log and recomputes the root; `sound` is false if anything was changed. */
    readonly verify: Effect.Effect<LogVerdict, RecordsError>
    /**
     * Proves to anyone who has the log's key that an entry is in the tree.
     *
     * @param entry its index, or the id of an operation, of which the last entry is meant
     * @param under `witnessed`: the checkpoint that witnesses of the home cosigned last, where it holds the entry; else the newest
     */
    prove(entry: number | string, under?: "witnessed"): Effect.Effect<EntryProof, RecordsError>
    /** The bytes of the entries from an index on, at most `count`. */
    entries(from: number, count: number): Effect.Effect<ReadonlyArray<Uint8Array>, RecordsError>
    readonly files: LogFiles
    readonly key: LogKey
  }
>()("core/Log") {
  /** The log of a home. */
  static readonly layer: Layer.Layer<Log, never, Records | Home> = Layer.unwrap(
    Effect.map(Home, (home) =>
      Log.over(folderFiles(join(home.path, "log")), logKeyOf(home), () => witnessNotes(home.path).cosigned)
    )
  )

  /** A log that dies with the scope, under a key of its own; for tests. */
  static readonly memory: Layer.Layer<Log, never, Records> = Layer.unwrap(
    Effect.sync(() => Log.over(memoryFiles(), logKeyOf(freshKey())))
  )

  /**
   * A log over any files; records and files belong together for ever.
   *
   * @param cosigned the checkpoint that witnesses cosigned last, if any has
   */
  static over(
    files: LogFiles,
    key: LogKey,
    cosigned: () => string | undefined = () => undefined
  ): Layer.Layer<Log, never, Records> {
    return Layer.effect(Log, openLog(files, key, cosigned))
  }
}

function freshKey(): Pick<Home["Service"], "sign" | "publicKey"> {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519")
  return {
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString("base64url"),
    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString()
  }
}

const headOf = ({ size, root }: { readonly size: number; readonly root: Uint8Array }): LogHead => ({
  size,
  root: Buffer.from(root).toString("hex")
})

const openLog = Effect.fnUntraced(function* (files: LogFiles, key: LogKey, cosigned: () => string | undefined) {
  const records = yield* Records
  const drain = Effect.gen(function* () {
    const minute = Math.floor((yield* Clock.currentTimeMillis) / 60_000)
    const move = records.write((db) => {
      const moved = drainGroup(db, files, key)
      keepGrowth(db, minute, moved.size)
      return moved
    })
    let moved = yield* move
    while (moved.more) moved = yield* move
    return headOf(moved)
  })
  const waiting = records.read((db) => db.get("select 1 as one from outbox limit 1") !== undefined)
  const drainWaiting = Effect.ignore(Effect.flatMap(waiting, (some) => (some ? drain : Effect.void)))
  // What this process has put into the outbox is in the tree a moment later, and at the latest when the process ends.
  yield* Effect.addFinalizer(() => drainWaiting)
  yield* Effect.forkScoped(Effect.repeat(drainWaiting, Schedule.spaced("250 millis")))
  return Log.of({
    append: (db, entry) => {
      const epoch = db.get<{ value: number }>("select value from epoch")!.value
      db.run("insert into outbox (leaf) values ($leaf)", { leaf: leafBytes({ ...entry, epoch }) })
    },
    drain,
    verify: Effect.map(
      // The records first: a group that is signed in between makes the folder longer, never shorter.
      records.read((db) => db.get<{ size: number; root: Uint8Array }>("select size, root from log_head")!),
      (known) => verifyAgainst(files, key, known)
    ),
    prove: (entry, under) =>
      records.read(() => {
        const found = proveEntry(files, key, entry, under === undefined ? undefined : cosigned())
        if (found !== undefined) return found
        throw new BadInput({
          code: "log.entry.unknown",
          message: "The log has no such entry.",
          fix: "Give the number of an entry, counted from 0, or the id of an operation that is in the log."
        })
      }),
    entries: (from, count) => records.read(() => readEntries(files, signedHead(files, key).size, from, count)),
    files,
    key
  })
})

/** Notes how large the tree is, where it grew. A clock that was put back adds to the last minute that is known. */
function keepGrowth(db: Db, minute: number, size: number): void {
  db.run(
    `insert or replace into log_growth
     select max($minute, coalesce(max(minute), 0)), $size from log_growth having coalesce(max(size), 0) < $size`,
    { minute, size }
  )
}

/** Checks the folder, and that it is not an older one than the records have seen. */
function verifyAgainst(files: LogFiles, key: LogKey, known: { size: number; root: Uint8Array }): LogVerdict {
  if (known.size === 0 && files.read("checkpoint") === undefined)
    return { ...headOf(signedHead(files, key)), sound: true }
  const { size, root, sound, firstBad, file, message } = verifyLog(files, key.policy)
  const own = { size, root, sound }
  if (!sound) return { ...own, firstBad: firstBad!, file: file!, message: message! }
  if (size >= known.size) return own
  return { ...own, sound: false, firstBad: size, file: "checkpoint", message: "The log is shorter than it was." }
}
