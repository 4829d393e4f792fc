import { Schema } from "effect"

/** Files that may be inspected and connected: those in the home's inbox and below the roots of connected sources. */
export const Inbox = Schema.Struct({
  folders: Schema.Array(
    Schema.Struct({ folder: Schema.String, path: Schema.String, files: Schema.Array(Schema.String) })
  ),
  /** What a stream may be declared as, and the fields of it that can be mapped. */
  canonical: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      fields: Schema.Array(Schema.Struct({ name: Schema.String, required: Schema.Boolean, isMoney: Schema.Boolean }))
    })
  ),
  purposes: Schema.Array(Schema.String),
  categories: Schema.Array(Schema.String)
}).annotate({ identifier: "StewardInbox" })
export type Inbox = typeof Inbox.Type
