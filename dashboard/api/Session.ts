import { Schema } from "effect"
import { Role } from "./Role.ts"

/** Who is asking; null when nobody is signed in, which is an answer and not an error. */
export const Session = Schema.Struct({
  session: Schema.NullOr(
    Schema.Struct({ role: Role, name: Schema.String, signedInAt: Schema.String, endsAt: Schema.String })
  )
}).annotate({ identifier: "Session" })
export type Session = typeof Session.Type
