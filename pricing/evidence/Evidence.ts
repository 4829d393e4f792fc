import { Schema } from "effect"

const measured = {
  /** In `unit`; for a text input see the quote, which states it apart. */
  value: Schema.Finite,
  unit: Schema.String,
  /** Where it can be looked up: `product:orders_by_state#price.base`, `certificate:rel_…#rho`. */
  where: Schema.String,
  /** When it was measured or decided: an ISO day or instant. */
  when: Schema.String
}

/** A number that says nothing about any subject: a price in a product file, the calendar, a published statistic. */
export const Public = Schema.Struct({ kind: Schema.Literal("public"), ...measured })
export type Public = typeof Public.Type

/** A number computed from the output of a privacy mechanism, so post-processing of what was already paid for. */
export const Released = Schema.Struct({ kind: Schema.Literal("released"), ...measured, release: Schema.String })
export type Released = typeof Released.Type

/** A number measured on protected data under a charge of its own; `charge` is the ledger row that paid for it. */
export const Paid = Schema.Struct({ kind: Schema.Literal("paid"), ...measured, charge: Schema.String })
export type Paid = typeof Paid.Type

/**
 * A number that may enter a price, with where and when it was measured.
 *
 * There is no fourth kind and a bare `number` does not type-check, so an exact count of subjects, an attack result or a raw
 * sum cannot reach a price by accident.
 * @source pricing.md, first paragraph
 */
export const Evidence = Schema.Union([Public, Released, Paid])
export type Evidence = typeof Evidence.Type
