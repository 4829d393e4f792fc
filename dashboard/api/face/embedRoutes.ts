import { Schema } from "effect"
import { EmbedMade } from "../embed/EmbedMade.ts"
import { EmbedRequest } from "../embed/EmbedRequest.ts"
import { EmbedToken } from "../embed/EmbedToken.ts"
import { route } from "../route.ts"

const callers = ["steward", "admin"] as const

/** How tokens for pages of others are made and taken back; what such pages themselves ask is in `otherRoutes`. */
export const embedRoutes = {
  embeds: route({
    method: "GET",
    path: "/api/embeds",
    callers,
    summary: "Lists the tokens that show a price or a lineage on pages of others, none with its secret",
    response: Schema.Array(EmbedToken)
  }),
  embedMake: route({
    method: "POST",
    path: "/api/embeds",
    callers,
    summary: "Makes a token for one product or asset and the pages that may show it; its secret is shown once",
    fresh: true,
    body: EmbedRequest,
    response: EmbedMade
  }),
  embedRevoke: route({
    method: "POST",
    path: "/api/embeds/:id/revoke",
    callers,
    summary: "Takes a token back at once",
    fresh: true,
    response: EmbedToken
  })
}
