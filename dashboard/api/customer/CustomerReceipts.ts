import { Schema } from "effect"
import { Label } from "../Label.ts"
import { RevocationReceipt } from "./RevocationReceipt.ts"

/** What a customer has in hand: grants, revocations, and who was told to delete what. */
export const CustomerReceipts = Schema.Struct({
  grants: Schema.Array(
    Schema.Struct({
      digest: Schema.String,
      seq: Schema.Int,
      state: Schema.Literals(["ACTIVE", "FROZEN", "WITHDRAWN", "ERASED"]),
      evidence: Schema.Int,
      from: Schema.Int,
      until: Schema.Int,
      acceptedAt: Schema.Int
    })
  ),
  revocations: Schema.Array(
    Schema.Struct({
      ...RevocationReceipt.fields,
      document: Schema.String,
      proof: Schema.String,
      /** Second since 1970 at which everything had been made again without the customer. */
      settledAt: Schema.NullOr(Schema.Int)
    })
  ),
  /** Versions with the customer's rows that were called back from a buyer. */
  recalls: Schema.Array(
    Schema.Struct({
      product: Schema.String,
      title: Label,
      version: Schema.String,
      buyer: Schema.String,
      at: Schema.String,
      /** When the buyer declared that the file was deleted. */
      attestedAt: Schema.NullOr(Schema.String)
    })
  ),
  /** For whoever checks a receipt of a revocation: the customer's own, for nobody else. */
  salt: Schema.String,
  key: Schema.String
}).annotate({ identifier: "CustomerReceipts" })
export type CustomerReceipts = typeof CustomerReceipts.Type
