import { Invitation } from "../customer/Invitation.ts"
import { RevocationReceipt } from "../customer/RevocationReceipt.ts"
import { SubjectName } from "../customer/SubjectName.ts"
import { Schema } from "effect"
import { route } from "../route.ts"
import { Approval } from "../steward/Approval.ts"
import { AssetHealth } from "../steward/AssetHealth.ts"
import { AssetHistory } from "../steward/AssetHistory.ts"
import { Begun } from "../steward/Begun.ts"
import { BudgetParts } from "../steward/BudgetParts.ts"
import { ChargeDetail } from "../steward/ChargeDetail.ts"
import { ColumnLineage } from "../steward/ColumnLineage.ts"
import { Connected } from "../steward/Connected.ts"
import { ConnectRequest } from "../steward/ConnectRequest.ts"
import { Decided } from "../steward/Decided.ts"
import { Decision } from "../steward/Decision.ts"
import { Design } from "../steward/Design.ts"
import { DesignRequest } from "../steward/DesignRequest.ts"
import { Drafts } from "../steward/Drafts.ts"
import { EvidenceFile } from "../steward/EvidenceFile.ts"
import { EvidenceRequest } from "../steward/EvidenceRequest.ts"
import { Identifiers } from "../steward/Identifiers.ts"
import { IdentifierScan } from "../steward/IdentifierScan.ts"
import { Inbox } from "../steward/Inbox.ts"
import { Inspected } from "../steward/Inspected.ts"
import { InspectRequest } from "../steward/InspectRequest.ts"
import { Overview } from "../steward/Overview.ts"
import { Permission } from "../steward/Permission.ts"
import { ProductReview } from "../steward/ProductReview.ts"
import { RecordedEvidence } from "../steward/RecordedEvidence.ts"
import { Review } from "../steward/Review.ts"
import { RowHandles } from "../steward/RowHandles.ts"
import { Run } from "../steward/Run.ts"
import { RunDetail } from "../steward/RunDetail.ts"
import { SavedDraft } from "../steward/SavedDraft.ts"
import { Service } from "../steward/Service.ts"
import { Sources } from "../steward/Sources.ts"
import { StartRun } from "../steward/StartRun.ts"
import { StreamDetail } from "../steward/StreamDetail.ts"
import { Touchpoints } from "../steward/Touchpoints.ts"
import { Trace } from "../steward/Trace.ts"
import { TraceRequest } from "../steward/TraceRequest.ts"

const callers = ["steward"] as const

const get = <const P extends string, R extends Schema.Codec<unknown>>(path: P, summary: string, response: R) =>
  route({ method: "GET", path, callers, summary, response })

const post = <const P extends string, B extends Schema.Codec<unknown>, R extends Schema.Codec<unknown>>(
  path: P,
  summary: string,
  body: B,
  response: R
) => route({ method: "POST", path, callers, summary, body, response })

/** A step that is named by its address alone. */
const act = <const P extends string, R extends Schema.Codec<unknown>>(path: P, summary: string, response: R) =>
  route({ method: "POST", path, callers, summary, response })

/** What stewards may ask of the server beyond what all faces share. */
export const stewardRoutes = {
  stewardOverview: get("/api/steward/overview", "Shows what a steward should look at first", Overview),
  stewardSources: get(
    "/api/steward/sources",
    "Lists the connected sources with their streams and dirty spots",
    Sources
  ),
  stewardStream: get(
    "/api/steward/sources/:source/:stream",
    "Shows how one stream is declared, what was loaded of each file, and which lines are in quarantine",
    StreamDetail
  ),
  stewardInbox: get("/api/steward/inbox", "Lists the files that may be inspected and connected", Inbox),
  stewardInspect: post("/api/steward/inspect", "Looks at a file: names, kinds and counts", InspectRequest, Inspected),
  stewardConnect: post("/api/steward/sources", "Connects a source over files of one folder", ConnectRequest, Connected),
  stewardAssets: get(
    "/api/steward/assets",
    "Tells of every asset why it is stale and what is due",
    Schema.Array(AssetHealth)
  ),
  stewardAsset: get("/api/steward/assets/:key", "Shows how one asset and its checks went over time", AssetHistory),
  stewardColumn: get(
    "/api/steward/assets/:key/columns/:column",
    "Shows what a column is made from and what is made of it",
    ColumnLineage
  ),
  stewardRuns: get("/api/steward/runs", "Lists the latest fifty runs", Schema.Array(Run)),
  stewardRun: get("/api/steward/runs/:id", "Shows one run with its events", RunDetail),
  stewardStartRun: post("/api/steward/runs", "Makes what is new or stale", StartRun, Begun),
  stewardResumeRun: route({
    method: "POST",
    path: "/api/steward/runs/:id/resume",
    callers,
    summary: "Goes on with a failed run",
    response: Begun
  }),
  stewardStopRun: route({
    method: "POST",
    path: "/api/steward/runs/:id/stop",
    callers,
    summary: "Stops a run that was begun on the pages; what it published stays",
    response: Begun
  }),
  stewardHandles: get("/api/steward/assets/:key/handles", "Names some rows of an asset by keyed hashes", RowHandles),
  stewardTrace: post("/api/steward/trace", "Traces rows back to events, and events forward", TraceRequest, Trace),
  stewardPermission: get("/api/steward/permission", "Shows consent coverage, denials and revocations", Permission),
  stewardBudget: get(
    "/api/steward/budget",
    "Shows the budget by product and buyer, and what drafts would charge",
    BudgetParts
  ),
  stewardCharge: get(
    "/api/steward/charges/:id",
    "Shows one charge of the budget with the certificate of what was made under it",
    ChargeDetail
  ),
  stewardDrafts: get("/api/steward/drafts", "Lists what a design may begin with", Drafts),
  stewardDesign: post(
    "/api/steward/design",
    "Answers what an edited product file would give, charging nothing",
    DesignRequest,
    Design
  ),
  stewardSaveDraft: post("/api/steward/drafts", "Takes up an edited product file", DesignRequest, SavedDraft),
  stewardReview: get("/api/steward/review", "Lists what waits for a decision with its gates and evidence", Review),
  stewardDecide: post(
    "/api/steward/review/:product",
    "Asks for approval, sends a product back, takes it off sale, deprecates or retires it",
    Decision,
    Decided
  ),
  stewardApprove: route({
    method: "POST",
    path: "/api/steward/review/:product/approve",
    callers,
    summary: "Approves what another one asked for",
    fresh: true,
    body: Approval,
    response: Decided
  }),
  stewardProductReview: get(
    "/api/steward/review/:product",
    "Shows one product with its gates, the evidence on record, and what may be decided",
    ProductReview
  ),
  stewardRecordEvidence: route({
    method: "POST",
    path: "/api/steward/review/:product/evidence",
    callers,
    summary: "Puts a file on record as evidence, by the caller and until a day",
    mostBytes: 6 << 20,
    body: EvidenceRequest,
    response: RecordedEvidence
  }),
  stewardEvidenceFile: get("/api/steward/evidence/:id", "Gives the file behind a piece of evidence", EvidenceFile),
  stewardService: get("/api/steward/service", "Lists trials and webhooks of all buyers with how they go", Service),
  stewardEndTrial: act("/api/steward/trials/:id/end", "Ends a trial at once", Service),
  stewardTestWebhook: act("/api/steward/webhooks/:id/test", "Sends a message that says it is a test, now", Service),
  stewardRemoveWebhook: act("/api/steward/webhooks/:id/remove", "Sends nothing to an address any more", Service),
  stewardIdentifiers: get(
    "/api/steward/identifiers",
    "Lists columns that hold identifiers, and the match rules",
    Identifiers
  ),
  stewardScanIdentifiers: get(
    "/api/steward/identifiers/:key",
    "Counts what looks like an identifier in a sample of a stream",
    IdentifierScan
  ),
  stewardTouchpoints: get(
    "/api/steward/touchpoints",
    "Shows the ways customers are met by stage, in steps of ten",
    Touchpoints
  ),
  stewardRevoke: route({
    method: "POST",
    path: "/api/steward/subjects/revoke",
    callers,
    summary: "Takes back everything a customer permits, on their behalf, and gives the receipt",
    fresh: true,
    body: SubjectName,
    response: RevocationReceipt
  }),
  stewardInvite: route({
    method: "POST",
    path: "/api/steward/subjects/invite",
    callers,
    summary: "Makes a one-time link for one customer",
    fresh: true,
    body: SubjectName,
    response: Invitation
  })
}
