import type { buyerRoutes } from "../../../api/face/buyerRoutes.ts"
import type { Handler } from "../../http/Call.ts"
import { BuyerViews } from "./BuyerViews.ts"

/** What answers each route of buyers. */
export const buyerHandlers: { readonly [K in keyof typeof buyerRoutes]: Handler<(typeof buyerRoutes)[K]> } = {
  buyerScenario: ({ body, session }) => BuyerViews.use((views) => views.scenario(body, session.name)),
  buyerScenarios: ({ session }) => BuyerViews.use((views) => views.scenarios(session.name)),
  buyerInbox: ({ session }) => BuyerViews.use((views) => views.inbox(session.name)),
  buyerNoticeRead: ({ params, session }) => BuyerViews.use((views) => views.read(params["id"]!, session.name)),
  buyerRecallAttest: ({ params, session }) => BuyerViews.use((views) => views.attest(params["id"]!, session.name)),
  buyerUsage: ({ query, session }) => BuyerViews.use((views) => views.usage(query, session.name)),
  buyerAccess: ({ session }) => BuyerViews.use((views) => views.access(session.name)),
  buyerTrial: ({ body, session }) => BuyerViews.use((views) => views.openTrial(body.product, session.name)),
  buyerConvert: ({ params, session }) => BuyerViews.use((views) => views.convert(params["id"]!, session.name)),
  buyerKey: ({ body, session }) => BuyerViews.use((views) => views.makeKey(body.holder, session.name)),
  buyerKeyRevoke: ({ params, session }) => BuyerViews.use((views) => views.revokeKey(params["id"]!, session.name)),
  buyerShare: ({ body, origin, session }) =>
    BuyerViews.use((views) => views.makeShare(body.holder, origin, session.name)),
  buyerShareRevoke: ({ params, session }) => BuyerViews.use((views) => views.revokeShare(params["id"]!, session.name))
}
