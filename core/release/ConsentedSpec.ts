import { Schema } from "effect"

/**
 * The `release:` part of a product file whose rows leave as they are: only rows whose own subject allowed, by more than the controller's word,
 * that exactly this recipient gets them until a day.
 */
export const ConsentedSpec = Schema.Struct({
  kind: Schema.Literal("consented"),
  /** A named party such as `party:acme-repair`, or a class of recipients such as `third-party`. */
  recipient: Schema.String.check(
    Schema.isPattern(/^(party:[a-z0-9][a-z0-9-]{0,62}|third-party|processor|affiliate|authority)$/, {
      expected: "a recipient such as party:acme-repair or third-party"
    })
  ),
  /** What of the asset goes out; each must be made from fields that have a category. */
  columns: Schema.Array(Schema.NonEmptyString).check(Schema.isNonEmpty()),
  /** The last day on which the recipient may use it, ISO. */
  until: Schema.String.check(
    Schema.isPattern(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { expected: "a day such as 2026-12-31" })
  )
})
export type ConsentedSpec = typeof ConsentedSpec.Type
