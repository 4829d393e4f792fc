import { Schema } from "effect"

/** What subjects permit, and what their refusals did. Numbers of subjects are in steps of ten, and none below ten. */
export const Permission = Schema.Struct({
  epoch: Schema.Int,
  /** Licences in force, one a subject and set of terms; null for fewer than ten. */
  licences: Schema.NullOr(Schema.Int),
  states: Schema.Array(
    Schema.Struct({
      state: Schema.Literals(["ACTIVE", "FROZEN", "WITHDRAWN", "ERASED"]),
      subjects: Schema.NullOr(Schema.Int)
    })
  ),
  coverage: Schema.Struct({
    action: Schema.String,
    recipient: Schema.String,
    purposes: Schema.Array(Schema.String),
    categories: Schema.Array(Schema.String),
    /** Share of the licences in force by purpose and category, in whole per cent; null where fewer than ten permit it. */
    shares: Schema.Array(Schema.Array(Schema.NullOr(Schema.Finite)))
  }),
  operations: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      at: Schema.String,
      action: Schema.String,
      purpose: Schema.NullOr(Schema.String),
      recipient: Schema.String,
      asset: Schema.String,
      run: Schema.String,
      epoch: Schema.Int,
      rowsIn: Schema.Int,
      rowsOut: Schema.Int,
      denied: Schema.Record(Schema.String, Schema.Int)
    })
  ),
  revocations: Schema.Array(
    Schema.Struct({
      operation: Schema.String,
      at: Schema.String,
      epoch: Schema.Int,
      settledAt: Schema.NullOr(Schema.String),
      frozen: Schema.Array(
        Schema.Struct({
          kind: Schema.String,
          name: Schema.String,
          effect: Schema.String,
          until: Schema.NullOr(Schema.String)
        })
      )
    })
  ),
  frozen: Schema.Array(
    Schema.Struct({
      product: Schema.String,
      version: Schema.NullOr(Schema.String),
      effect: Schema.Literals(["suspended", "recalled"]),
      since: Schema.String
    })
  )
}).annotate({ identifier: "Permission" })
export type Permission = typeof Permission.Type
