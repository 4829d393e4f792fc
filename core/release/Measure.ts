import { Schema } from "effect"

const Name = Schema.String.check(Schema.isPattern(/^[a-z][a-z0-9_]{0,62}$/))
const Weight = Schema.optionalKey(Schema.Finite.check(Schema.isBetween({ minimum: 0.001, maximum: 1000 })))
const Probability = Schema.Finite.check(Schema.isBetween({ minimum: 0.001, maximum: 0.999 }))

/** A bound of one subject's sum in one group: public knowledge, or `dp`, found by a mechanism that the release pays for. */
const Bound = Schema.optionalKey(Schema.Union([Schema.Finite, Schema.Literal("dp")]))

const bounded = {
  lower: Bound,
  upper: Bound,
  step: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThan(0))),
  currency: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^[A-Z]{3}$/))),
  weight: Weight
}

/**
 * One number per group, or several that share one charge: rows, distinct subjects, or the sum of a column in which one
 * subject's part within one group is clamped to lower..upper. `step` is the public grid of a column that is not integer;
 * `weight` its share of the loss.
 *
 * `mean`, `variance`, `quantile` and `histogram` are taken over subjects: the value of a subject is its clamped sum within
 * the group. `quantiles` become columns such as `spend_p25`; a histogram counts subjects in `bands` of equal width, columns
 * `spend_b0` (lower or less), `spend_b1`, ...
 */
export const Measure = Schema.Union([
  Schema.Struct({ name: Name, count: Schema.Literals(["rows", "subjects"]), weight: Weight }),
  Schema.Struct({ name: Name, sum: Schema.String, ...bounded }),
  Schema.Struct({ name: Name, mean: Schema.String, ...bounded }),
  Schema.Struct({ name: Name, variance: Schema.String, ...bounded }),
  Schema.Struct({ name: Name, quantile: Probability, of: Schema.String, ...bounded }),
  Schema.Struct({
    name: Name,
    quantiles: Schema.Array(Probability).check(Schema.isNonEmpty(), Schema.isMaxLength(15)),
    of: Schema.String,
    ...bounded
  }),
  Schema.Struct({
    name: Name,
    histogram: Schema.String,
    bands: Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 64 })),
    ...bounded
  })
])
export type Measure = typeof Measure.Type
