import { Clock, Effect } from "effect"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Refused } from "#core/Refused.ts"
import type { Principal } from "../Principal.ts"
import type { OpenSession } from "../Sessions.ts"
import { Principals } from "./Principals.ts"

const freshMillis = 5 * 60_000

/** Who registers a passkey, and what the challenge is bound to: an invitation, or a session whose owner verified just now in their own role. */
export const registrant = Effect.fnUntraced(function* (
  invitation: string | undefined,
  session: OpenSession | undefined
) {
  if (invitation !== undefined) {
    const owner: Principal = yield* (yield* Principals).invited(invitation)
    return { owner, bound: `invitation ${sha256Hex(invitation)}` }
  }
  if (session === undefined) return yield* notInvited()
  const now = yield* Clock.currentTimeMillis
  if (session.elevation !== undefined || now - session.verifiedAt >= freshMillis) return yield* notFresh()
  const { name, role, subject } = session
  const owner: Principal = { name, role, ...(subject === undefined ? {} : { subject }) }
  return { owner, bound: `session ${session.id}` }
})

const notInvited = (): Refused =>
  new Refused({
    code: "session.invitation",
    message: "A passkey is registered with an invitation, or by somebody who is signed in.",
    fix: "Open the link of your invitation, or sign in first."
  })

const notFresh = (): Refused =>
  new Refused({
    code: "access.stepup",
    message: "A new passkey needs a verification of the last five minutes, in your own role.",
    fix: "Verify with a passkey that you have; on the demo, open a new sign-in link."
  })
