import { Schema } from "effect"

const name = Schema.String.check(Schema.isPattern(/^[a-z][a-z0-9_]{0,47}$/))
const duration = Schema.String.check(Schema.isPattern(/^\d{1,4} (day|week|month|year)s?$/))

/** What a buyer wants data for, and what it has to hold. */
export const ScenarioRequest = Schema.Struct({
  name: Schema.String.check(Schema.isPattern(/^[a-z][a-z0-9_]{0,29}$/)),
  purpose: Schema.String.check(Schema.isPattern(/^[A-Za-z][\w:.-]{0,79}$/)),
  required: Schema.Array(name).check(Schema.isMaxLength(20)),
  optional: Schema.Array(name).check(Schema.isMaxLength(20)),
  history: Schema.optionalKey(duration),
  freshness: Schema.optionalKey(duration),
  /** Fit from which the smallest dataset is good enough. */
  threshold: Schema.Finite.check(Schema.isBetween({ minimum: 1, maximum: 100 }))
}).annotate({ identifier: "ScenarioRequest" })
export type ScenarioRequest = typeof ScenarioRequest.Type
