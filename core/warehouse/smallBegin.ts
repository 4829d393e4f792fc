import { statSync } from "node:fs"
import { availableParallelism } from "node:os"
import type { DuckDBConnection } from "@duckdb/node-api"
import type { LockedOptions } from "./openLocked.ts"

const smallBytes = 16 * 1024 * 1024
const slowMillis = 250

/** Told of every statement that was run, and how many milliseconds of processor time the process used meanwhile. */
export type Watch = (connection: DuckDBConnection, millis: number) => Promise<void>

const isSmall = (path: string): boolean =>
  path === ":memory:" || (statSync(path, { throwIfNoEntry: false })?.size ?? 0) < smallBytes

/**
 * How an engine over few rows is opened: with one thread. Where there are two, the thread that asks spins until the other has done its part, which for small
 * statements is most of what they cost. The first statement that takes more than 250 ms of processor time brings the
 * machine's other threads in, for good; by the clock an overloaded machine would bring them in at once.
 */
export function smallBegin(options: LockedOptions): { readonly options: LockedOptions; readonly watch?: Watch } {
  if (options.threads !== undefined || !isSmall(options.path)) return { options }
  let widened = false
  const watch: Watch = async (connection, millis) => {
    if (widened || millis < slowMillis) return
    widened = true
    // In a transaction that failed nothing can be set; a later statement brings them in.
    await connection.run(`set threads = ${availableParallelism()}`).catch(() => void (widened = false))
  }
  return { options: { ...options, threads: 1, mayWiden: true }, watch }
}
