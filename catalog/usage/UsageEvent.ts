import { Schema } from "effect"

const Text = Schema.String.check(Schema.isPattern(/^[^\p{Cc}\p{Cs}]{1,200}$/u))

/**
 * One use of something metered, as a CloudEvent 1.0. (source, id) names it for ever within a tenant and meter.
 *
 * `quantity` is a whole number of the meter's unit (calls, rows, bytes); a correction carries the id it corrects and may be negative.
 */
export const UsageEvent = Schema.Struct({
  specversion: Schema.Literal("1.0"),
  type: Schema.Literal("assay.usage"),
  source: Text,
  id: Text,
  /** ISO instant in UTC. */
  time: Schema.String.check(Schema.isPattern(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z$/)),
  data: Schema.Struct({
    meter: Text,
    product: Text,
    version: Text,
    quantity: Schema.Int,
    corrects: Schema.optionalKey(Text)
  })
})
export type UsageEvent = typeof UsageEvent.Type
