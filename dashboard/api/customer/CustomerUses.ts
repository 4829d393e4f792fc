import { Schema } from "effect"
import { Label } from "../Label.ts"

const SetProof = Schema.Struct({
  value: Schema.String,
  size: Schema.Int,
  root: Schema.String,
  neighbours: Schema.Array(
    Schema.Struct({ value: Schema.String, index: Schema.Int, path: Schema.Array(Schema.String) })
  )
})

/** Uses of a customer's records with their proofs, as `assay-verify.mjs uses` takes them, and names to show them by. */
export const CustomerUses = Schema.Struct({
  bundle: Schema.Struct({
    v: Schema.Literal(1),
    subject: Schema.String,
    salt: Schema.String,
    /** Verifier key of the log as the house gives it. */
    key: Schema.String,
    uses: Schema.Array(Schema.Struct({ document: Schema.String, proof: Schema.String, member: SetProof }))
  }),
  /** What assets, purposes and recipients in the bundle are called. */
  names: Schema.Array(Schema.Struct({ id: Schema.String, name: Label })),
  /** Recent releases of the house that a customer may ask about, newest first. */
  releases: Schema.Array(Schema.Struct({ operation: Schema.String, at: Schema.Int, asset: Schema.String }))
}).annotate({ identifier: "CustomerUses" })
export type CustomerUses = typeof CustomerUses.Type
