import { Schema } from "effect"

const Name = Schema.String.check(Schema.isPattern(/^[a-z][a-z0-9_]{0,62}$/))
const Weight = Schema.optionalKey(Schema.Finite.check(Schema.isBetween({ minimum: 0.001, maximum: 1000 })))

const bounded = {
  lower: Schema.optionalKey(Schema.Finite),
  upper: Schema.optionalKey(Schema.Finite),
  step: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThan(0))),
  currency: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^[A-Z]{3}$/))),
  weight: Weight
}

/**
 * One number per group: rows, distinct subjects, or the sum of a column in which one subject's part within one group is
 * clamped to lower..upper. `step` is the public grid of a column that is not integer; `weight` its share of the loss.
 *
 * `mean`, `variance` and `quantile` are taken over subjects: the value of a subject is its clamped sum within the group.
 */
export const Measure = Schema.Union([
  Schema.Struct({ name: Name, count: Schema.Literals(["rows", "subjects"]), weight: Weight }),
  Schema.Struct({ name: Name, sum: Schema.String, ...bounded }),
  Schema.Struct({ name: Name, mean: Schema.String, ...bounded }),
  Schema.Struct({ name: Name, variance: Schema.String, ...bounded }),
  Schema.Struct({
    name: Name,
    quantile: Schema.Finite.check(Schema.isBetween({ minimum: 0.001, maximum: 0.999 })),
    of: Schema.String,
    ...bounded
  })
])
export type Measure = typeof Measure.Type
