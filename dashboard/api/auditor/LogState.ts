import { Schema } from "effect"

/** The log as it stands: its head, what it speaks of, how it grew, and who stands behind it. */
export const LogState = Schema.Struct({
  origin: Schema.String,
  /** A C2SP verifier key: what to check proofs with, from this or better from another source. */
  key: Schema.String,
  size: Schema.Int,
  root: Schema.String,
  kinds: Schema.Array(Schema.Struct({ type: Schema.String, entries: Schema.Int })),
  growth: Schema.Array(Schema.Struct({ at: Schema.String, size: Schema.Int })),
  witnesses: Schema.Struct({
    state: Schema.Literals(["none", "alone", "short", "cosigned", "split"]),
    size: Schema.Int,
    names: Schema.Array(Schema.String),
    away: Schema.Array(Schema.String)
  })
}).annotate({ identifier: "LogState" })
export type LogState = typeof LogState.Type
