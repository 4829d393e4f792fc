import { Schema } from "effect"
import { Place } from "./BadInput.ts"

/** Something outside the program is missing, full, locked or slow; trying again later may help. Exit code 5, HTTP 503. */
export class Unavailable extends Schema.TaggedError<Unavailable>()("Unavailable", {
  code: Schema.String,
  message: Schema.String,
  fix: Schema.String,
  where: Schema.optionalKey(Place)
}) {}
