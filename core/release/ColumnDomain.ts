import { Schema } from "effect"

const Size = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 65_535 }))
const Listed = Schema.Union([Schema.String, Schema.Finite, Schema.Boolean])
const Bound = Schema.optionalKey(Schema.Union([Schema.Finite, Schema.String]))
const Nullable = Schema.optionalKey(Schema.Boolean)

/**
 * What is publicly known of a column that synthetic rows are to have.
 *
 * A plain number n means the codes 0..n-1. A category has its values listed, or `values: dp` lets a private mechanism choose
 * those that many rows have. Numbers and days lie in lower..upper, both inclusive, in bins of equal width (or with `quantiles`
 * of equal noisy frequency); numbers without bounds get them from a private mechanism. `step` is the grid of a real column.
 * `null: true` keeps missing values as such. A `key` is made anew, a `text` is left out.
 */
export const ColumnDomain = Schema.Union([
  Size,
  Schema.Struct({
    type: Schema.Literal("categorical"),
    values: Schema.optionalKey(Schema.Union([Schema.Literal("dp"), Schema.Array(Listed).check(Schema.isNonEmpty())])),
    size: Schema.optionalKey(Size),
    /** the word for what is not in the list; without it such values count as missing */
    other: Schema.optionalKey(Schema.String),
    null: Nullable
  }),
  Schema.Struct({
    type: Schema.Literals(["integer", "real", "date", "money"]),
    lower: Bound,
    upper: Bound,
    bins: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 }))),
    step: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThan(0))),
    quantiles: Schema.optionalKey(Schema.Boolean),
    null: Nullable
  }),
  Schema.Struct({ type: Schema.Literal("key"), prefix: Schema.optionalKey(Schema.String) }),
  Schema.Struct({ type: Schema.Literal("text") })
])
export type ColumnDomain = typeof ColumnDomain.Type
