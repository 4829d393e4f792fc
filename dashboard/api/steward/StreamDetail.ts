import { Schema } from "effect"

/** Why a row was not taken. */
const Reason = Schema.Literals([
  "columns",
  "quote",
  "unclosed_quote",
  "encoding",
  "nul",
  "too_long",
  "json",
  "json_depth"
])

/** One stream of a source: how its fields are declared, what was loaded of which file, and which lines are in quarantine. Never a value. */
export const StreamDetail = Schema.Struct({
  source: Schema.String,
  stream: Schema.String,
  kind: Schema.String,
  asset: Schema.String,
  /** Of its raw table as it was made last; null while it was not. */
  rows: Schema.NullOr(Schema.Int),
  madeAt: Schema.NullOr(Schema.String),
  as: Schema.NullOr(Schema.String),
  key: Schema.Array(Schema.String),
  subject: Schema.NullOr(Schema.String),
  time: Schema.NullOr(Schema.String),
  licence: Schema.NullOr(
    Schema.Struct({
      basis: Schema.String,
      evidence: Schema.String,
      expires: Schema.NullOr(Schema.String),
      purposes: Schema.Array(Schema.String),
      recipients: Schema.Array(Schema.String),
      actions: Schema.Array(Schema.String)
    })
  ),
  /** Its fields as they are named in the files, with what each stands for and its category. */
  fields: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      to: Schema.Array(Schema.String),
      category: Schema.NullOr(Schema.String),
      tags: Schema.Array(Schema.String)
    })
  ),
  /** The share of bad rows that is taken without failing the load. */
  tolerate: Schema.Finite,
  files: Schema.Array(
    Schema.Struct({
      file: Schema.String,
      rows: Schema.Int,
      bad: Schema.Int,
      loadedAt: Schema.String,
      /** SHA-256 of what was read. */
      digest: Schema.String
    })
  ),
  rules: Schema.Array(Schema.Struct({ reason: Reason, rows: Schema.Int, files: Schema.Int })),
  /** The first two hundred lines that were not taken, by file and line. */
  lines: Schema.Array(
    Schema.Struct({ file: Schema.String, line: Schema.Int, reason: Reason, bytes: Schema.Int, since: Schema.String })
  )
}).annotate({ identifier: "StreamDetail" })
export type StreamDetail = typeof StreamDetail.Type
