import { Schema } from "effect"
import { KeyRule } from "./KeyRule.ts"
import { Measure } from "./Measure.ts"

const Count = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000_000 }))

/**
 * The `release:` part of a product file, decoded. What is optional here and yet needed (bounds, a rule for each key) is
 * asked for by the plan, which can say why and what to write.
 *
 * `population` is the owner's public knowledge: how many subjects there are (left out: a census is paid for) and how many
 * values a key column has.
 */
export const ReleaseSpec = Schema.Struct({
  kind: Schema.Literal("dp_aggregate"),
  /** `subject_id`, or `subject_month` with `time`: then each closed month is released once, from its own rows only */
  unit: Schema.String,
  /** of a `subject_month` release: the column that says in which month a row lies */
  time: Schema.optionalKey(Schema.String),
  by: Schema.Array(Schema.Union([Schema.String, Schema.Record(Schema.String, Schema.String)])),
  keys: Schema.optionalKey(Schema.Record(Schema.String, KeyRule)),
  measures: Schema.Array(Measure).check(Schema.isNonEmpty()),
  bounds: Schema.optionalKey(
    Schema.Struct({
      groups_per_subject: Schema.optionalKey(Count),
      rows_per_group: Schema.optionalKey(Count),
      min_subjects: Schema.optionalKey(Count)
    })
  ),
  population: Schema.optionalKey(
    Schema.Struct({
      subjects: Schema.optionalKey(Count),
      groups: Schema.optionalKey(Schema.Record(Schema.String, Count))
    })
  ),
  /**
   * only the k rows with the largest figure of a measure: chosen among the released figures, or with `peel` by k private
   * choices before anything else is drawn, so that only the k cells are measured
   */
  top: Schema.optionalKey(Schema.Struct({ by: Schema.String, k: Count, peel: Schema.optionalKey(Schema.Boolean) })),
  /** coarser groupings that are measured too, so that sums over the published cells are precise; public keys only */
  levels: Schema.optionalKey(Schema.Array(Schema.Array(Schema.String))),
  epsilon: Schema.Finite.check(Schema.isBetween({ minimum: 0.001, maximum: 20 })),
  delta: Schema.Finite.check(Schema.isBetween({ minimum: 1e-15, maximum: 0.01 }))
})
export type ReleaseSpec = typeof ReleaseSpec.Type
