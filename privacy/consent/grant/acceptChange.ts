import { Effect } from "effect"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { Consent } from "../Consent.ts"
import { Revocations } from "../revocation/Revocations.ts"
import { grantTerms } from "./grantTerms.ts"
import { grantsOf } from "./licencesInForce.ts"
import { readToken } from "./readToken.ts"
import { takesAway } from "./takesAway.ts"

/**
 * Takes a signed grant. Where it follows a wider one of the same chain, what was made under that is frozen first, as by a revocation. A token
 * that is not the next of its chain freezes nothing.
 *
 * @param now second since 1970
 * @returns the accepted grant, and the receipt of what froze
 */
export const acceptChange = Effect.fn("acceptChange")(function* (token: string, now: number) {
  const consent = yield* Consent
  const known = yield* consent.recipients
  const read = yield* Effect.result(readToken(token, [(yield* Home).publicKey]))
  const narrowed =
    read._tag === "Failure"
      ? undefined
      : yield* (yield* Records).read((db) => {
          const { subject, seq, prev } = read.success
          const person = db.get<{ subj: number; state: string }>(
            "select subj, state from subject where pseudonym = $subject",
            { subject }
          )
          const head = person?.state === "ACTIVE" ? grantsOf(db, person.subj).at(-1) : undefined
          const follows = head !== undefined && seq === head.seq + 1 && prev === head.digest
          return follows && takesAway([head.terms], grantTerms(read.success), known, now) ? person?.subj : undefined
        })
  const receipt = narrowed === undefined ? undefined : yield* (yield* Revocations).revoke(narrowed)
  return { accepted: yield* consent.accept(token), receipt }
})
