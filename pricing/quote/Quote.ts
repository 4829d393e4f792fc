import { Schema } from "effect"
import { Money } from "#core/money/Money.ts"
import { QuoteInputs } from "./QuoteInputs.ts"

const instant = Schema.String.check(Schema.isPattern(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/))
const hash = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/))

/**
 * A price at which a version may be ordered for 24 hours: a pure function of the evidence it carries.
 *
 * `format` and `formula` name the rules of this document and of the price function, so that an old quote stays checkable;
 * `artefact` is the SHA-256 of the version's bytes; `hash` is the SHA-256 of the canonical JSON of everything else.
 */
export const Quote = Schema.Struct({
  format: Schema.Literal("assay-quote/1"),
  formula: Schema.Literal("assay-price/1"),
  id: Schema.NonEmptyString,
  product: Schema.NonEmptyString,
  version: Schema.NonEmptyString,
  artefact: hash,
  /** The offer of the version's menu; absent for the whole version. */
  offer: Schema.optionalKey(Schema.NonEmptyString),
  inputs: QuoteInputs,
  price: Money,
  issuedAt: instant,
  expiresAt: instant,
  hash
})
export type Quote = typeof Quote.Type
