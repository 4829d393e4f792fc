import { Schema } from "effect"
import { Label } from "../Label.ts"

const Term = Schema.Struct({ id: Schema.String, name: Label })

/** What a customer permits, as a table of purposes by recipients. */
export const Licences = Schema.Struct({
  /** What receipts call the customer. */
  subject: Schema.NullOr(Schema.String),
  state: Schema.Literals(["ACTIVE", "FROZEN", "WITHDRAWN", "ERASED"]),
  /** granted: by the customer · asserted: the house's own word about its contract · none: nothing is permitted */
  basis: Schema.Literals(["granted", "asserted", "none"]),
  /** Of the grant in force. */
  digest: Schema.NullOr(Schema.String),
  /** 1 asserted by the house · 2 a click on a notice · 3 signed with a passkey */
  evidence: Schema.NullOr(Schema.Int),
  /** First and last day, ISO; null where there is no end. */
  from: Schema.NullOr(Schema.String),
  until: Schema.NullOr(Schema.String),
  purposes: Schema.Array(Term),
  recipients: Schema.Array(Term),
  cells: Schema.Array(
    Schema.Struct({
      purpose: Schema.String,
      recipient: Schema.String,
      answer: Schema.Literals(["permitted", "forbidden", "silent"]),
      actions: Schema.Array(Schema.String),
      categories: Schema.Array(Schema.String)
    })
  ),
  /** Every kind of data that the house holds of its customers, and whether it is permitted for anything. */
  categories: Schema.Array(Schema.Struct({ ...Term.fields, permitted: Schema.Boolean }))
}).annotate({ identifier: "CustomerLicences" })
export type Licences = typeof Licences.Type
