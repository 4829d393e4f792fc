import { Cause, Effect, Schedule } from "effect"
import type { Home } from "../../home/Home.ts"
import type { Log } from "../Log.ts"
import { askWitnesses } from "./askWitnesses.ts"
import type { WitnessRound } from "./WitnessNotes.ts"

/**
 * Asks the witnesses of the home again and again, for as long as the fiber lives. Fails soft: whatever goes wrong is told, once until it
 * changes, and tried again.
 *
 * @param every such as "2 seconds"
 * @param tell  what a person at the terminal should know: who has refused or is away, and when all is well again
 */
export const watchWitnesses = (every: `${number} seconds`, tell: (words: string) => void) => {
  let last = ""
  const say = (words: string): void => {
    if (words !== last && (words !== "" || last !== ""))
      tell(words === "" ? "all witnesses have cosigned again" : words)
    last = words
  }
  const round: Effect.Effect<void, never, Home | Log> = askWitnesses().pipe(
    Effect.map((told) => say(told === undefined ? "" : troubleOf(told))),
    Effect.catchCause((cause) =>
      Cause.hasInterruptsOnly(cause) ? Effect.void : Effect.sync(() => say(String(Cause.squash(cause))))
    )
  )
  return Effect.repeat(round, Schedule.spaced(every))
}

const troubleOf = ({ refused, away, quorum }: WitnessRound): string =>
  [
    refused.length > 0 ? `${refused.join(", ")} knows another tree of this log: a split view` : "",
    away.length > 0 ? `${away.join(", ")} did not answer` : "",
    quorum ? "" : "the quorum is not reached"
  ]
    .filter((part) => part !== "")
    .join("; ")
