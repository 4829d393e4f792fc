import { Schema } from "effect"
import { Label } from "../Label.ts"

/** What a change would mean, before it is made: the notice that is agreed to, and what is lost. */
export const LicenceDraft = Schema.Struct({
  /** The words that the customer agrees to, one sentence an entry. */
  notice: Schema.Array(Label),
  /** Of the notice in both languages, 64 hexadecimal digits; the click is bound to it. */
  sha256: Schema.String,
  /** It takes something away: what was made with it is frozen at once. */
  takesAway: Schema.Boolean,
  lost: Schema.Array(Label),
  gained: Schema.Array(Label)
}).annotate({ identifier: "LicenceDraft" })
export type LicenceDraft = typeof LicenceDraft.Type
