import { Schema } from "effect"

/** One file of the inbox's listing, by the name of its folder there. */
export const InspectRequest = Schema.Struct({ folder: Schema.String, file: Schema.String }).annotate({
  identifier: "InspectRequest"
})
export type InspectRequest = typeof InspectRequest.Type
