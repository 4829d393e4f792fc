import { Duration, Effect, Schedule } from "effect"
import { Unavailable } from "#core/Unavailable.ts"
import { explainWarehouseError } from "#core/warehouse/explainWarehouseError.ts"
import { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { RetryPolicy } from "./RetryPolicy.ts"

/** A further try that was decided on. */
export interface Retry {
  /** 1 for the second try. */
  readonly attempt: number
  readonly code: string
  readonly waitMillis: number
}

/** Whether trying again may help: something outside was away. Input does not become good, nor a rule lenient, by waiting. */
const mayPass = (error: unknown): Unavailable | undefined => {
  const known = error instanceof WarehouseError ? explainWarehouseError(error) : error
  return known instanceof Unavailable && known.code !== "warehouse.interrupted" ? known : undefined
}

/** Tries again by a policy what failed since something was unavailable, and tells each further try before it waits for it. */
export const retryOf =
  <E2, R2>(policy: RetryPolicy | undefined, tell: (retry: Retry) => Effect.Effect<void, E2, R2>) =>
  <A, E, R>(work: Effect.Effect<A, E, R>): Effect.Effect<A, E | E2, R | R2> => {
    if (policy === undefined || policy.times === 0) return work
    const { times, delayMillis, factor = 2, jitter = true } = policy
    const waits = Schedule.exponential(Duration.millis(delayMillis), factor)
    const schedule = (jitter ? Schedule.jittered(waits) : waits).pipe(
      Schedule.setInputType<E>(),
      Schedule.while(({ input, attempt }) => attempt <= times && mayPass(input) !== undefined),
      Schedule.tap(({ input, attempt, duration }) =>
        tell({ attempt, code: mayPass(input)!.code, waitMillis: Math.round(Duration.toMillis(duration)) })
      )
    )
    return Effect.retry(work, schedule)
  }
