import { Clock, Effect } from "effect"
import type { ServerOptions } from "../ServerOptions.ts"
import { Views } from "../Views.ts"

/** What is the same for all requests of one turn of the event loop. */
export interface TickFacts {
  /** Changes whenever anything in the records does. */
  readonly version: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * Reads the version of the records once for all requests that one turn of the event loop brings. Whoever was told of a write asks in a later turn, so
 * nobody gets what was before their own write.
 */
export function tickFacts({ runtime }: ServerOptions): {
  readonly read: () => Promise<TickFacts>
  /** To be called after a write of this server. */
  readonly forget: () => void
} {
  const read = Views.use((views) =>
    Effect.map(Effect.all([views.version, Clock.currentTimeMillis]), ([version, now]): TickFacts => ({ version, now }))
  )
  let known: Promise<TickFacts> | undefined
  const forget = (): void => {
    known = undefined
  }
  return {
    forget,
    read: () => {
      if (known === undefined) {
        known = runtime.runPromise(read)
        setImmediate(forget)
      }
      return known
    }
  }
}
