import { Schema } from "effect"

/** The company sign-in that this server offers; null where there is none. */
export const OpenIdOffer = Schema.Struct({ label: Schema.NullOr(Schema.String) }).annotate({
  identifier: "OpenIdOffer"
})
export type OpenIdOffer = typeof OpenIdOffer.Type
