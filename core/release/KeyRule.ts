import { Schema } from "effect"

const Listed = Schema.Union([Schema.String, Schema.Finite, Schema.Boolean])

/**
 * Where the values of one key column come from: chosen by a private mechanism (`dp`), a public list, or a public range
 * from..to (both inclusive) in steps. `public` alone names no values and is refused when the release is planned.
 */
export const KeyRule = Schema.Union([
  Schema.Literals(["dp", "public"]),
  Schema.Array(Listed).check(Schema.isNonEmpty()),
  Schema.Struct({
    from: Schema.Union([Schema.Finite, Schema.String]),
    to: Schema.Union([Schema.Finite, Schema.String]),
    step: Schema.optionalKey(
      Schema.Union([
        Schema.Finite.check(Schema.isGreaterThan(0)),
        Schema.Literals(["day", "week", "month", "quarter", "year"])
      ])
    )
  })
])
export type KeyRule = typeof KeyRule.Type
