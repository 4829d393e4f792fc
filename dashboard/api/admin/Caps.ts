import { Schema } from "effect"
import { Loss } from "../Loss.ts"

const scope = Schema.Literals(["buyer", "product"])

/** Limits of privacy loss, raises that wait for a second person, and the keys of the house. */
export const Caps = Schema.Struct({
  cap: Loss,
  spent: Loss,
  left: Loss,
  runsOut: Schema.NullOr(Schema.String),
  subCaps: Schema.Array(Schema.Struct({ scope, name: Schema.String, cap: Loss, spent: Loss, left: Loss })),
  raises: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      scope,
      name: Schema.String,
      asked: Loss,
      askedBy: Schema.String,
      askedAt: Schema.String
    })
  ),
  /** What a cap may be set for: those that are known. */
  products: Schema.Array(Schema.String),
  buyers: Schema.Array(Schema.String),
  keys: Schema.Array(
    Schema.Struct({
      id: Schema.Literals(["home", "signing", "log"]),
      /** Tells the key from another and says nothing of it. */
      fingerprint: Schema.String,
      /** When its file was made; null where it has none of its own. */
      since: Schema.NullOr(Schema.String),
      /** Only the house's own user may read the file. */
      isPrivate: Schema.NullOr(Schema.Boolean)
    })
  )
}).annotate({ identifier: "Caps" })
export type Caps = typeof Caps.Type
