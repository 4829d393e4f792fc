import { Effect } from "effect"
import type { customerRoutes } from "../../../api/face/customerRoutes.ts"
import type { Handler } from "../../http/Call.ts"
import { Sessions } from "../../Sessions.ts"
import { CustomerViews } from "./CustomerViews.ts"

/** What answers each route of customers. */
export const customerHandlers: { readonly [K in keyof typeof customerRoutes]: Handler<(typeof customerRoutes)[K]> } = {
  customerLicences: ({ session }) => CustomerViews.use((views) => views.licences(session)),
  customerDraft: ({ body, session }) => CustomerViews.use((views) => views.draft(body, session)),
  customerChange: ({ body, session }) => CustomerViews.use((views) => views.change(body, session)),
  customerSigning: ({ body, session }) => CustomerViews.use((views) => views.signing(body, session)),
  customerSign: ({ body, session }) => CustomerViews.use((views) => views.sign(body, session)),
  customerRevoke: ({ session }) => CustomerViews.use((views) => views.revoke(session)),
  customerUses: ({ session }) => CustomerViews.use((views) => views.uses(session)),
  customerUse: ({ params, session }) => CustomerViews.use((views) => views.uses(session, params["operation"]!)),
  customerBenefits: ({ session }) => CustomerViews.use((views) => views.benefits(session)),
  customerReceipts: ({ session }) => CustomerViews.use((views) => views.receipts(session)),
  customerGrant: ({ params, query, session }) =>
    CustomerViews.use((views) => views.grant(params["digest"]!, query.format, session)),
  customerErase: ({ session, sessionId, keepSession }) =>
    Effect.gen(function* () {
      const erased = yield* (yield* CustomerViews).erase(session)
      // There is nobody left whom the session could be about.
      if (sessionId !== undefined) yield* (yield* Sessions).end(sessionId)
      keepSession(undefined)
      return erased
    })
}
