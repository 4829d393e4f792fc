import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Refused } from "#core/Refused.ts"

/**
 * Runs a pure reading or reckoning inside an Effect: what it throws for bad input or against a rule becomes the failure, any other
 * throw stays a bug.
 */
export const reckon = <A>(body: () => A): Effect.Effect<A, BadInput | Refused> =>
  Effect.try({
    try: body,
    catch: (cause) => {
      if (cause instanceof BadInput || cause instanceof Refused) return cause
      throw cause
    }
  })
