import { Schema } from "effect"

/** One table of a source: how it is declared, what was loaded of it, and where it is dirty. Counts are exact: stewards only. */
const StreamFacts = Schema.Struct({
  stream: Schema.String,
  asset: Schema.String,
  as: Schema.NullOr(Schema.String),
  key: Schema.Array(Schema.String),
  subject: Schema.NullOr(Schema.String),
  time: Schema.NullOr(Schema.String),
  mapped: Schema.Int,
  /** Fields with a category; the others stay inside the house. */
  classified: Schema.Int,
  fields: Schema.Int,
  licence: Schema.NullOr(
    Schema.Struct({ basis: Schema.String, evidence: Schema.String, expires: Schema.NullOr(Schema.String) })
  ),
  rows: Schema.NullOr(Schema.Int),
  files: Schema.Int,
  loadedAt: Schema.NullOr(Schema.String),
  quarantine: Schema.Array(Schema.Struct({ reason: Schema.String, rows: Schema.Int, files: Schema.Int })),
  /** Rules on its values that some rows break. */
  dirty: Schema.Array(Schema.Struct({ asset: Schema.String, check: Schema.String, rows: Schema.Int }))
})

/** The connected sources. */
export const Sources = Schema.Struct({
  sources: Schema.Array(
    Schema.Struct({
      source: Schema.String,
      kind: Schema.String,
      addedAt: Schema.String,
      streams: Schema.Array(StreamFacts)
    })
  )
}).annotate({ identifier: "Sources" })
export type Sources = typeof Sources.Type
