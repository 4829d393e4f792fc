import { Effect } from "effect"
import type { Principal } from "../../Principal.ts"
import { Sessions } from "../../Sessions.ts"
import { CustomerViews } from "../customer/CustomerViews.ts"
import type { stewardRoutes } from "../../../api/face/stewardRoutes.ts"
import type { Handler } from "../../http/Call.ts"
import { StewardViews } from "./StewardViews.ts"

/** What answers each route of stewards. */
export const stewardHandlers: { readonly [K in keyof typeof stewardRoutes]: Handler<(typeof stewardRoutes)[K]> } = {
  stewardOverview: () => StewardViews.use((views) => views.overview),
  stewardSources: () => StewardViews.use((views) => views.sources),
  stewardStream: ({ params }) => StewardViews.use((views) => views.stream(params["source"]!, params["stream"]!)),
  stewardInbox: () => StewardViews.use((views) => views.inbox),
  stewardInspect: ({ body }) => StewardViews.use((views) => views.inspect(body)),
  stewardConnect: ({ body }) => StewardViews.use((views) => views.connect(body)),
  stewardAssets: () => StewardViews.use((views) => views.assets),
  stewardAsset: ({ params }) => StewardViews.use((views) => views.asset(params["key"]!)),
  stewardColumn: ({ params }) => StewardViews.use((views) => views.column(params["key"]!, params["column"]!)),
  stewardRuns: () => StewardViews.use((views) => views.runs),
  stewardRun: ({ params }) => StewardViews.use((views) => views.run(params["id"]!)),
  stewardStartRun: ({ body }) => StewardViews.use((views) => views.startRun(body.selection)),
  stewardResumeRun: ({ params }) => StewardViews.use((views) => views.resumeRun(params["id"]!)),
  stewardStopRun: ({ params }) => StewardViews.use((views) => views.stopRun(params["id"]!)),
  stewardHandles: ({ params }) => StewardViews.use((views) => views.handles(params["key"]!)),
  stewardTrace: ({ body }) => StewardViews.use((views) => views.trace(body)),
  stewardPermission: () => StewardViews.use((views) => views.permission),
  stewardBudget: () => StewardViews.use((views) => views.budget),
  stewardCharge: ({ params }) => StewardViews.use((views) => views.charge(params["id"]!)),
  stewardDrafts: () => StewardViews.use((views) => views.drafts),
  stewardDesign: ({ body }) => StewardViews.use((views) => views.design(body.draft)),
  stewardSaveDraft: ({ body }) => StewardViews.use((views) => views.saveDraft(body.draft)),
  stewardReview: ({ session }) => StewardViews.use((views) => views.review(session.name)),
  stewardDecide: ({ params, body, session }) =>
    StewardViews.use((views) => views.decide(params["product"]!, body, session.name)),
  stewardApprove: ({ params, body, session }) =>
    StewardViews.use((views) => views.approve(params["product"]!, body, session.name)),
  stewardProductReview: ({ params, session }) =>
    StewardViews.use((views) => views.productReview(params["product"]!, session.name)),
  stewardRecordEvidence: ({ params, body, session }) =>
    StewardViews.use((views) => views.recordEvidence(params["product"]!, body, session.name)),
  stewardEvidenceFile: ({ params }) => StewardViews.use((views) => views.evidenceFile(params["id"]!)),
  stewardService: () => StewardViews.use((views) => views.service),
  stewardEndTrial: ({ params }) => StewardViews.use((views) => views.endTrial(params["id"]!)),
  stewardTestWebhook: ({ params }) => StewardViews.use((views) => views.testWebhook(params["id"]!)),
  stewardRemoveWebhook: ({ params }) => StewardViews.use((views) => views.removeWebhook(params["id"]!)),
  stewardIdentifiers: () => StewardViews.use((views) => views.identifiers),
  stewardScanIdentifiers: ({ params }) => StewardViews.use((views) => views.scanIdentifiers(params["key"]!)),
  stewardTouchpoints: () => StewardViews.use((views) => views.touchpoints),
  stewardRevoke: ({ body }) => onBehalf(body.subject, (views, principal) => views.revoke(principal)),
  stewardInvite: ({ body }) =>
    onBehalf(body.subject, (_, principal) =>
      Sessions.use((sessions) => Effect.map(sessions.mint(principal), (token) => ({ address: `/sign-in#${token}` })))
    )
}

/** A steward names a customer as the source does; everything else is as if the customer did it. */
const onBehalf = <A, E, R>(
  id: string,
  act: (views: CustomerViews["Service"], principal: Principal) => Effect.Effect<A, E, R>
) =>
  CustomerViews.use((views) =>
    Effect.flatMap(views.subject(id), (subject) =>
      act(views, { role: "customer", name: `customer-${subject}`, subject })
    )
  )
