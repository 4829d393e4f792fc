import { Schema } from "effect"
import { SynthesisRule } from "#core/release/SynthesisRule.ts"

const Whole = Schema.String.check(Schema.isPattern(/^\d+$/))
const Missing = Schema.optionalKey(Schema.Int)

/**
 * All that a synthetic file is made from: how columns are coded, rules, and the noisy marginals. Holding it, anyone makes the file
 * again byte for byte, without the source. It is itself a private release: the noise is in the counts and nowhere else.
 */
export const NoisyMarginals = Schema.Struct({
  format: Schema.Literal("assay-marginals/1"),
  algorithm: Schema.Literals(["independent", "mst", "aim"]),
  variant: Schema.optionalKey(Schema.Literals(["top", "oneshot"])),
  columns: Schema.Array(
    Schema.Union([
      Schema.Struct({
        kind: Schema.Literal("labels"),
        name: Schema.String,
        labels: Schema.Array(Schema.String),
        sqlType: Schema.Literals(["VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN"]),
        other: Missing,
        missing: Missing,
        size: Schema.Int
      }),
      Schema.Struct({
        kind: Schema.Literal("numbers"),
        name: Schema.String,
        format: Schema.Literals(["integer", "real", "date", "money"]),
        step: Schema.Finite,
        edges: Schema.Array(Schema.Int),
        missing: Missing,
        size: Schema.Int
      })
    ])
  ),
  keys: Schema.Array(Schema.Struct({ name: Schema.String, prefix: Schema.String })),
  rules: Schema.Array(SynthesisRule),
  readings: Schema.Array(
    Schema.Struct({
      clique: Schema.Array(Schema.Int),
      joined: Schema.Boolean,
      counts: Schema.Array(Schema.Int),
      /** sigma^2 as numerator and denominator */
      variance: Schema.Tuple([Whole, Whole]),
      rhoUnits: Whole
    })
  ),
  fit: Schema.Struct({ steps: Schema.Int, tolerance: Schema.Finite })
})
export type NoisyMarginals = typeof NoisyMarginals.Type
