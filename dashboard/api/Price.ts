import { Money } from "#core/money/Money.ts"

/** An amount in integer minor units with its currency, named for the API document. */
export const Price = Money.annotate({ identifier: "Money" })
export type Price = typeof Price.Type
