import { Effect, Semaphore } from "effect"
import type { RunEvent } from "./RunEvent.ts"

const mostMillis = 25

/**
 * Writes events in their order and several at once: one that may wait is written with the next that may not, or after 25 ms. What could not be written is tried again
 * with what comes next.
 */
export const groupEvents = Effect.fnUntraced(function* <E, R>(
  write: (events: ReadonlyArray<RunEvent>) => Effect.Effect<void, E, R>
) {
  const scope = yield* Effect.scope
  const one = yield* Semaphore.make(1)
  let held: Array<RunEvent> = []
  let timed = false
  const flush = one.withPermits(1)(
    Effect.suspend(() => {
      const events = held
      held = []
      if (events.length === 0) return Effect.void
      return Effect.tapError(write(events), () => Effect.sync(() => void (held = [...events, ...held])))
    })
  )
  const later = Effect.sleep(mostMillis).pipe(
    Effect.andThen(Effect.sync(() => void (timed = false))),
    Effect.andThen(flush),
    Effect.ignore,
    Effect.forkIn(scope)
  )
  return (event: RunEvent, mayWait: boolean): Effect.Effect<void, E, R> =>
    Effect.suspend(() => {
      held.push(event)
      if (!mayWait) return flush
      if (timed) return Effect.void
      timed = true
      return Effect.asVoid(later)
    })
})
