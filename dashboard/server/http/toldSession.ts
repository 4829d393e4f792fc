import { DateTime } from "effect"
import type { Session } from "../../api/Session.ts"
import type { OpenSession } from "../Sessions.ts"

const iso = (millis: number): string => DateTime.formatIso(DateTime.makeUnsafe(millis))

/** A session as its owner is told of it. */
export const toldSession = (session: OpenSession | undefined): Session => ({
  session:
    session === undefined
      ? null
      : {
          role: session.role,
          name: session.name,
          signedInAt: iso(session.createdAt),
          endsAt: iso(session.endsAt)
        }
})
