import { Clock, DateTime, Effect } from "effect"
import { Log } from "#core/log/Log.ts"
import type { LogEntry } from "#core/log/LogEntry.ts"
import { witnessState } from "#core/log/witness/witnessState.ts"
import { Records } from "#core/records/Records.ts"
import { compareLedger } from "#catalog/audit/compareLedger.ts"
import type { LogEntries } from "../../../api/auditor/LogEntries.ts"
import type { LogState } from "../../../api/auditor/LogState.ts"
import type { Verification } from "../../../api/auditor/Verification.ts"

const pageSize = 40
/** Entries that are read at a time while looking for a type, and at most for one page. */
const stride = 4096
const mostRead = 64 * stride
const mostPoints = 400

const decoder = new TextDecoder()
const entryOf = (bytes: Uint8Array): LogEntry => JSON.parse(decoder.decode(bytes)) as LogEntry

/** Counts the entries of each type; what was counted once is not read again. */
export function countKinds() {
  const counts = new Map<string, number>()
  let counted = 0
  return Effect.fn("countKinds")(function* (size: number) {
    const log = yield* Log
    while (counted < size) {
      const entries = yield* log.entries(counted, Math.min(stride, size - counted))
      for (const bytes of entries) {
        const { type } = entryOf(bytes)
        counts.set(type, (counts.get(type) ?? 0) + 1)
      }
      counted += entries.length
    }
    return [...counts].map(([type, entries]) => ({ type, entries })).sort((a, b) => b.entries - a.entries)
  })
}

/** The head of the log with what stands behind it. */
export const logState = Effect.fn("logState")(function* (kinds: ReturnType<typeof countKinds>) {
  const log = yield* Log
  const head = yield* log.drain
  const { state, size, witnesses, away } = yield* witnessState({ ...head, sound: true })
  const points = yield* (yield* Records).read((db) =>
    db.all<{ minute: number; size: number }>("select minute, size from log_growth order by minute")
  )
  const every = Math.max(1, Math.ceil(points.length / mostPoints))
  return {
    origin: log.key.origin,
    key: log.key.verifier,
    ...head,
    kinds: yield* kinds(head.size),
    growth: points
      .filter((_, i) => i % every === 0 || i === points.length - 1)
      .map((point) => ({ at: DateTime.formatIso(DateTime.makeUnsafe(point.minute * 60_000)), size: point.size })),
    witnesses: { state, size, names: witnesses, away }
  } satisfies LogState as LogState
})

/** A page of entries below `before`, newest first. */
export const logEntries = Effect.fn("logEntries")(function* (before: number | undefined, type: string | undefined) {
  const log = yield* Log
  const { size } = yield* log.drain
  const found: Array<LogEntries["entries"][number]> = []
  let end = Math.min(before ?? size, size)
  const last = Math.max(0, end - mostRead)
  while (end > last && found.length < pageSize) {
    const from = Math.max(last, end - (type === undefined ? pageSize : stride))
    const entries = yield* log.entries(from, end - from)
    for (let i = entries.length - 1; i >= 0 && found.length < pageSize; i--) {
      const { type: kind, operation, epoch, commitment } = entryOf(entries[i]!)
      end = from + i
      if (type === undefined || kind === type) found.push({ index: end, type: kind, operation, epoch, commitment })
    }
  }
  return { entries: found, next: end === 0 ? null : end } satisfies LogEntries as LogEntries
})

/** Proves one entry. */
export const logProof = Effect.fn("logProof")(function* (index: number) {
  const log = yield* Log
  yield* log.drain
  return { ...(yield* log.prove(index)), key: log.key.verifier }
})

/** Checks the whole log, and the records against it. */
export const verifyLog = Effect.fn("verifyLog")(function* () {
  const begin = yield* Clock.currentTimeMillis
  yield* (yield* Log).drain
  const { sound, size, root, firstBad, file } = yield* (yield* Log).verify
  const { compared, differences } = sound ? yield* compareLedger() : { compared: 0, differences: [] }
  const end = yield* Clock.currentTimeMillis
  return {
    at: DateTime.formatIso(DateTime.makeUnsafe(begin)),
    millis: end - begin,
    sound,
    size,
    root,
    firstBad: firstBad ?? null,
    file: file ?? null,
    compared,
    differences
  } satisfies Verification as Verification
})
