import { Schema } from "effect"

const maybe = Schema.optionalKey

/** An assessment as it is written down: what was looked at by whom, and what it says of each gate or item. */
export const AssessmentFile = Schema.Struct({
  /** What was assessed, in a sentence. */
  assessment: Schema.NonEmptyString,
  /** Left out, it may be recorded for any product. */
  product: maybe(Schema.NonEmptyString),
  /** Written for the demo, not by an assessor. */
  sample: maybe(Schema.Boolean),
  statements: Schema.Record(
    Schema.String,
    Schema.Struct({
      /** 0 to 1; for a gate 1 passes. */
      value: Schema.Number.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
      note: Schema.NonEmptyString,
      /** Days that it holds from the day on which it is recorded. */
      days: maybe(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 365 }))),
      /** Who alone may put it on record; left out, anyone. */
      by: maybe(Schema.NonEmptyString)
    })
  )
})
export type AssessmentFile = typeof AssessmentFile.Type
