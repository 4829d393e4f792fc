import { Schema } from "effect"

const Positive = Schema.Finite.check(Schema.isGreaterThan(0))
const Count = Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })))

const Gaussian = Schema.Struct({
  gaussian: Schema.Struct({ sigma: Positive, sensitivity: Positive }),
  count: Count
})
const Laplace = Schema.Struct({
  laplace: Schema.Struct({ scale: Positive, sensitivity: Positive }),
  count: Count
})
const Exponential = Schema.Struct({ exponential: Schema.Struct({ epsilon: Positive }), count: Count })

/** What `assay dp account FILE.json` composes: mechanisms fixed in advance, each run `count` times (1 unless said). */
export const MechanismList = Schema.Struct({
  delta: Schema.Finite.check(Schema.isBetween({ minimum: 1e-15, maximum: 0.5 })),
  mechanisms: Schema.Array(Schema.Union([Gaussian, Laplace, Exponential])).check(Schema.isNonEmpty())
})
export type MechanismList = typeof MechanismList.Type
