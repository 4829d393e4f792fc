import { Context } from "effect"
import type { Effect } from "effect"
import type { Approval } from "../../../api/steward/Approval.ts"
import type { AssetHealth } from "../../../api/steward/AssetHealth.ts"
import type { AssetHistory } from "../../../api/steward/AssetHistory.ts"
import type { Begun } from "../../../api/steward/Begun.ts"
import type { BudgetParts } from "../../../api/steward/BudgetParts.ts"
import type { ChargeDetail } from "../../../api/steward/ChargeDetail.ts"
import type { ColumnLineage } from "../../../api/steward/ColumnLineage.ts"
import type { Connected } from "../../../api/steward/Connected.ts"
import type { ConnectRequest } from "../../../api/steward/ConnectRequest.ts"
import type { Decided } from "../../../api/steward/Decided.ts"
import type { Decision } from "../../../api/steward/Decision.ts"
import type { Design } from "../../../api/steward/Design.ts"
import type { Drafts } from "../../../api/steward/Drafts.ts"
import type { EvidenceFile } from "../../../api/steward/EvidenceFile.ts"
import type { EvidenceRequest } from "../../../api/steward/EvidenceRequest.ts"
import type { Identifiers } from "../../../api/steward/Identifiers.ts"
import type { IdentifierScan } from "../../../api/steward/IdentifierScan.ts"
import type { Inbox } from "../../../api/steward/Inbox.ts"
import type { Inspected } from "../../../api/steward/Inspected.ts"
import type { InspectRequest } from "../../../api/steward/InspectRequest.ts"
import type { Overview } from "../../../api/steward/Overview.ts"
import type { Permission } from "../../../api/steward/Permission.ts"
import type { ProductReview } from "../../../api/steward/ProductReview.ts"
import type { RecordedEvidence } from "../../../api/steward/RecordedEvidence.ts"
import type { Review } from "../../../api/steward/Review.ts"
import type { RowHandles } from "../../../api/steward/RowHandles.ts"
import type { Run } from "../../../api/steward/Run.ts"
import type { RunDetail } from "../../../api/steward/RunDetail.ts"
import type { SavedDraft } from "../../../api/steward/SavedDraft.ts"
import type { Service } from "../../../api/steward/Service.ts"
import type { Sources } from "../../../api/steward/Sources.ts"
import type { StreamDetail } from "../../../api/steward/StreamDetail.ts"
import type { Touchpoints } from "../../../api/steward/Touchpoints.ts"
import type { Trace } from "../../../api/steward/Trace.ts"
import type { TraceRequest } from "../../../api/steward/TraceRequest.ts"
import type { ViewsError } from "../../Views.ts"

type Asked<A> = Effect.Effect<A, ViewsError>

/** What the pages of stewards need of the lower floors, in the pages' own words. */
export class StewardViews extends Context.Service<
  StewardViews,
  {
    readonly overview: Asked<Overview>
    readonly sources: Asked<Sources>
    stream(source: string, stream: string): Asked<StreamDetail>
    readonly inbox: Asked<Inbox>
    inspect(request: InspectRequest): Asked<Inspected>
    connect(request: ConnectRequest): Asked<Connected>
    readonly assets: Asked<ReadonlyArray<AssetHealth>>
    asset(key: string): Asked<AssetHistory>
    column(key: string, column: string): Asked<ColumnLineage>
    readonly runs: Asked<ReadonlyArray<Run>>
    run(id: string): Asked<RunDetail>
    /** Answers when the run was asked for, not when it has ended. */
    startRun(selection: string): Asked<Begun>
    resumeRun(id: string): Asked<Begun>
    stopRun(id: string): Asked<Begun>
    handles(key: string): Asked<RowHandles>
    trace(request: TraceRequest): Asked<Trace>
    readonly permission: Asked<Permission>
    readonly budget: Asked<BudgetParts>
    charge(id: string): Asked<ChargeDetail>
    readonly drafts: Asked<Drafts>
    /** Draws nothing and charges nothing. */
    design(draft: unknown): Asked<Design>
    saveDraft(draft: unknown): Asked<SavedDraft>
    review(me: string): Asked<Review>
    decide(product: string, decision: Decision, by: string): Asked<Decided>
    approve(product: string, approval: Approval, by: string): Asked<Decided>
    productReview(product: string, me: string): Asked<ProductReview>
    recordEvidence(product: string, request: EvidenceRequest, by: string): Asked<RecordedEvidence>
    evidenceFile(id: string): Asked<EvidenceFile>
    readonly service: Asked<Service>
    endTrial(id: string): Asked<Service>
    testWebhook(id: string): Asked<Service>
    removeWebhook(id: string): Asked<Service>
    readonly identifiers: Asked<Identifiers>
    scanIdentifiers(key: string): Asked<IdentifierScan>
    readonly touchpoints: Asked<Touchpoints>
  }
>()("dashboard/StewardViews") {}
