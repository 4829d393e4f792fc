import { Schema } from "effect"

/** An amount in integer minor units (fen, cents) of an ISO 4217 currency with two decimals. */
export const Money = Schema.Struct({
  minor: Schema.Number.check(Schema.makeFilter((n: number) => Number.isSafeInteger(n))),
  currency: Schema.String.check(Schema.isPattern(/^[A-Z]{3}$/))
})
export type Money = typeof Money.Type
