import { Schema } from "effect"

const Value = Schema.NullOr(Schema.Union([Schema.String, Schema.Finite, Schema.Boolean]))
const Bound = Schema.optionalKey(Schema.Union([Schema.Finite, Schema.String]))

/** What a column's value must be: one value, one of several, or within from..to, both inclusive. null is the missing value. */
const Condition = Schema.Union([Value, Schema.Array(Value), Schema.Struct({ from: Bound, to: Bound })])
const Conditions = Schema.Record(Schema.String, Condition)

/**
 * A rule that no synthetic row ever breaks: combinations that are forbidden, required or the only ones allowed; a column that
 * another one determines; a range, everywhere or on a condition; a number or day that is not after another one.
 *
 * A missing value breaks no range and no order.
 */
export const SynthesisRule = Schema.Union([
  Schema.Struct({ forbid: Conditions }),
  Schema.Struct({ when: Schema.optionalKey(Conditions), require: Conditions }),
  Schema.Struct({
    allow: Schema.Struct({ columns: Schema.Array(Schema.String), combinations: Schema.Array(Schema.Array(Value)) })
  }),
  Schema.Struct({
    determines: Schema.Struct({ from: Schema.String, to: Schema.String, map: Schema.Record(Schema.String, Value) })
  }),
  Schema.Struct({
    range: Schema.Struct({
      column: Schema.String,
      lower: Bound,
      upper: Bound,
      when: Schema.optionalKey(Conditions)
    })
  }),
  Schema.Struct({
    order: Schema.Struct({
      before: Schema.String,
      after: Schema.String,
      strict: Schema.optionalKey(Schema.Boolean)
    })
  })
])
export type SynthesisRule = typeof SynthesisRule.Type
