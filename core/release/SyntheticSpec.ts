import { Schema } from "effect"
import { ColumnDomain } from "./ColumnDomain.ts"
import { SynthesisRule } from "./SynthesisRule.ts"

const count = (maximum: number) => Schema.Int.check(Schema.isBetween({ minimum: 1, maximum }))

/**
 * The `release:` part of a product file that sells synthetic rows: made columns with what is publicly known of them, how many
 * rows, and rules that no row breaks. At most `rows_per_subject` rows of a subject count (1 if left out).
 */
export const SyntheticSpec = Schema.Struct({
  kind: Schema.Literal("synthetic"),
  unit: Schema.Literal("subject_id"),
  algorithm: Schema.Literals(["independent", "mst", "aim"]),
  columns: Schema.Record(Schema.String.check(Schema.isPattern(/^[a-z][a-z0-9_]{0,62}$/)), ColumnDomain),
  rows: count(1_000_000),
  rows_per_subject: Schema.optionalKey(count(1_000_000)),
  /** marginals of so many columns are to be good; 2 if left out */
  workload: Schema.optionalKey(count(3)),
  constraints: Schema.optionalKey(Schema.Array(SynthesisRule)),
  /** the owner's public knowledge; left out: a census is paid for */
  population: Schema.optionalKey(Schema.Struct({ subjects: Schema.optionalKey(count(1_000_000_000)) })),
  epsilon: Schema.Finite.check(Schema.isBetween({ minimum: 0.001, maximum: 20 })),
  delta: Schema.Finite.check(Schema.isBetween({ minimum: 1e-15, maximum: 0.01 }))
})
export type SyntheticSpec = typeof SyntheticSpec.Type
