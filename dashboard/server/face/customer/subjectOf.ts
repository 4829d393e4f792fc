import { Effect } from "effect"
import { Refused } from "#core/Refused.ts"
import type { Principal } from "../../Principal.ts"

/** The one subject that a customer's account may see. */
export const subjectOf = ({ subject }: Principal): Effect.Effect<number, Refused> =>
  subject === undefined
    ? Effect.fail(
        new Refused({
          code: "customer.subject",
          message: "This account does not belong to any customer whose records are here.",
          fix: "Ask the house for an invitation: it makes a link for exactly one customer."
        })
      )
    : Effect.succeed(subject)
