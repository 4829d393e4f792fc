import { Schema } from "effect"
import { AccountName } from "../security/AccountName.ts"

const line = Schema.String.check(Schema.isPattern(/^[^\p{C}]{2,200}$/u))

/** What was checked of a buyer. */
export const BuyerEntry = Schema.Struct({
  buyer: AccountName,
  legalEntity: line,
  /** ISO 3166-1 alpha-2. */
  country: Schema.String.check(Schema.isPattern(/^[A-Z]{2}$/)),
  taxId: Schema.NullOr(Schema.String.check(Schema.isPattern(/^[A-Z0-9-]{5,30}$/))),
  /** Letter of its section in GB/T 4754; null where nobody knows it. */
  industry: Schema.optionalKey(Schema.NullOr(Schema.String.check(Schema.isPattern(/^[A-T]$/)))),
  evidence: line
}).annotate({ identifier: "BuyerEntry" })
export type BuyerEntry = typeof BuyerEntry.Type
