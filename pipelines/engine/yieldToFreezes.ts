import { Effect, Exit, Fiber } from "effect"
import { Unavailable } from "#core/Unavailable.ts"
import { fenced } from "./holdFence.ts"

/** A freeze is seen within this time, so with what stopping takes the work is aborted within 2 s. */
const look = "250 millis"
/** What does not stop by then is cut loose. */
const patience = "5 seconds"

/**
 * Does work that reads subjects' rows, and stops it as soon as one of them withdraws: the engine is interrupted, and the failure says to begin
 * again without them. Work that does not stop within five seconds is cut loose: it can publish nothing any more, and the asset fails.
 *
 * @param overtaken whether somebody whose rows are read was frozen since that was decided
 */
export const yieldToFreezes = Effect.fnUntraced(function* <A, E, R, E2, R2>(
  asset: string,
  overtaken: Effect.Effect<boolean, E2, R2>,
  work: Effect.Effect<A, E, R>
) {
  const fiber = yield* Effect.forkChild(work)
  const frozen = Effect.gen(function* () {
    while (!(yield* overtaken)) yield* Effect.sleep(look)
  })
  // The work itself is not raced: losing a race would wait for it to stop, however long that takes.
  const ended = yield* Effect.raceFirst(Effect.map(Fiber.await(fiber), Exit.asVoid), Effect.as(frozen, undefined)).pipe(
    Effect.onInterrupt(() => Fiber.interrupt(fiber))
  )
  if (ended !== undefined) return yield* Fiber.join(fiber)
  yield* Effect.forkDetach(Fiber.interrupt(fiber))
  const stopped = yield* Effect.timeoutOption(Fiber.await(fiber), patience)
  return yield* stopped._tag === "Some" ? fenced(asset) : killed(asset)
})

const killed = (asset: string): Unavailable =>
  new Unavailable({
    code: "run.killed",
    message: `A customer withdrew while ${asset} was made, and the engine did not stop within five seconds; what it still does is thrown away.`,
    fix: "Run it again: nothing of it was published.",
    where: { asset }
  })
