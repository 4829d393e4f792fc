import type { embedRoutes } from "../../api/face/embedRoutes.ts"
import type { Handler } from "../http/Call.ts"
import { Embeds } from "./Embeds.ts"

/** What answers each route on tokens for pages of others. */
export const embedHandlers: { readonly [K in keyof typeof embedRoutes]: Handler<(typeof embedRoutes)[K]> } = {
  embeds: () => Embeds.use((embeds) => embeds.list),
  embedMake: ({ body, session }) => Embeds.use((embeds) => embeds.make(body, session.name)),
  embedRevoke: ({ params, session }) => Embeds.use((embeds) => embeds.revoke(params["id"]!, session.name))
}
