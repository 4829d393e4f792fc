import { Schema } from "effect"
import { Place } from "./BadInput.ts"

/**
 * A rule of the house says no; nothing was changed. Exit code 3, HTTP 403 or 409.
 *
 * `code` names the rule (`budget.exhausted`), `message` says what was asked and what stands against it, `fix` the way out.
 */
export class Refused extends Schema.TaggedError<Refused>()("Refused", {
  code: Schema.String,
  message: Schema.String,
  fix: Schema.String,
  where: Schema.optionalKey(Place)
}) {}
