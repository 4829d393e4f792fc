import { Schema } from "effect"
import { EmbedToken } from "./EmbedToken.ts"

/** A token as it is handed over, once. */
export const EmbedMade = Schema.Struct({ secret: Schema.String, token: EmbedToken }).annotate({
  identifier: "EmbedMade"
})
export type EmbedMade = typeof EmbedMade.Type
