import { Effect, Layer } from "effect"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { mendWarehouse } from "../../view/mendWarehouse.ts"
import type { ViewsError } from "../../Views.ts"
import { assetHistory, assetsHealth, columnLineage } from "./assetHealth.ts"
import { budgetParts } from "./budgetParts.ts"
import { chargeDetail } from "./chargeDetail.ts"
import { designDraft } from "./design/designDraft.ts"
import { draftsOf, saveDraft } from "./draftViews.ts"
import { evidenceFile, recordEvidence } from "./evidenceViews.ts"
import { identifiersOf, scanIdentifiers } from "./identifierViews.ts"
import { connectInbox, inboxFiles, inspectInbox } from "./inboxViews.ts"
import { overviewOf } from "./overviewOf.ts"
import { permissionOf } from "./permissionOf.ts"
import { productReview } from "./productReview.ts"
import { approve, decide, reviewOf } from "./reviewViews.ts"
import { recentRuns, runDetail } from "./runViews.ts"
import { endTrial, removeWebhook, serviceViews, testWebhook } from "./serviceViews.ts"
import { sourceViews } from "./sourceViews.ts"
import { resumeRun, startRun, stopRun } from "./startRuns.ts"
import { RunDesk } from "./RunDesk.ts"
import { StewardViews } from "./StewardViews.ts"
import { streamDetail } from "./streamDetail.ts"
import { touchpointsOf } from "./touchpointsOf.ts"
import { rowHandles, traceRows } from "./traceViews.ts"

type Needs<F extends (...args: never) => Effect.Effect<unknown, unknown, unknown>> = Effect.Services<ReturnType<F>>

type World =
  | Needs<typeof assetHistory>
  | Needs<typeof budgetParts>
  | Needs<typeof chargeDetail>
  | Needs<typeof columnLineage>
  | Needs<typeof connectInbox>
  | Needs<typeof designDraft>
  | Needs<typeof draftsOf>
  | Needs<typeof identifiersOf>
  | Needs<typeof inspectInbox>
  | Needs<typeof overviewOf>
  | Needs<typeof permissionOf>
  | Needs<typeof productReview>
  | Needs<typeof recordEvidence>
  | Needs<typeof reviewOf>
  | Needs<typeof saveDraft>
  | Needs<typeof scanIdentifiers>
  | Needs<typeof removeWebhook>
  | Needs<typeof serviceViews>
  | Needs<typeof sourceViews>
  | Needs<typeof startRun>
  | Needs<typeof streamDetail>
  | Needs<typeof traceRows>

/** The pages of stewards on a real home. */
export const stewardViewsLayer = Layer.effect(
  StewardViews,
  Effect.gen(function* () {
    const desk = new RunDesk()
    const world = yield* Effect.context<World>()
    const within = <A>(effect: Effect.Effect<A, ViewsError | WarehouseError, World>): Effect.Effect<A, ViewsError> =>
      mendWarehouse(Effect.provideContext(effect, world))
    return StewardViews.of({
      overview: within(overviewOf()),
      sources: within(sourceViews()),
      stream: (source, stream) => within(streamDetail(source, stream)),
      inbox: within(inboxFiles()),
      inspect: (request) => within(inspectInbox(request)),
      connect: (request) => within(connectInbox(request)),
      assets: within(assetsHealth()),
      asset: (key) => within(assetHistory(key)),
      column: (key, column) => within(columnLineage(key, column)),
      runs: within(recentRuns()),
      run: (id) => within(runDetail(desk, id)),
      startRun: (selection) => within(startRun(desk, selection)),
      resumeRun: (id) => within(resumeRun(desk, id)),
      stopRun: (id) => within(stopRun(desk, id)),
      handles: (key) => within(rowHandles(key)),
      trace: (request) => within(traceRows(request)),
      permission: within(permissionOf()),
      budget: within(budgetParts()),
      charge: (id) => within(chargeDetail(id)),
      drafts: within(draftsOf()),
      design: (draft) => within(designDraft(draft)),
      saveDraft: (draft) => within(saveDraft(draft)),
      review: (me) => within(reviewOf(me)),
      decide: (product, decision, by) => within(decide(product, decision, by)),
      approve: (product, approval, by) => within(approve(product, approval, by)),
      productReview: (product, me) => within(productReview(product, me)),
      recordEvidence: (product, request, by) => within(recordEvidence(product, request, by)),
      evidenceFile: (id) => within(evidenceFile(id)),
      service: within(serviceViews()),
      endTrial: (id) => within(endTrial(id)),
      testWebhook: (id) => within(testWebhook(id)),
      removeWebhook: (id) => within(removeWebhook(id)),
      identifiers: within(identifiersOf()),
      scanIdentifiers: (key) => within(scanIdentifiers(key)),
      touchpoints: within(touchpointsOf())
    })
  })
)
