import { Effect, Layer } from "effect"
import { ApiKeys } from "#catalog/lookup/ApiKeys.ts"
import type { Inbox } from "#catalog/notice/Inbox.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Recalls } from "#catalog/recall/Recalls.ts"
import { Scenarios } from "#catalog/scenario/Scenarios.ts"
import { Shares } from "#catalog/sharing/Shares.ts"
import { Trials } from "#catalog/trial/Trials.ts"
import { Usage } from "#catalog/usage/Usage.ts"
import type { ViewsError } from "../../Views.ts"
import { accessOf, convertTrial, makeKey, makeShare, openTrial, revokeKey, revokeShare } from "./buyerAccess.ts"
import { noticesOf, readNotice } from "./buyerNotices.ts"
import { BuyerViews } from "./BuyerViews.ts"
import { ownScenarios } from "./ownScenarios.ts"
import { matchScenario } from "./matchScenario.ts"

type Services = ApiKeys | Catalog | Inbox | Orders | Recalls | Scenarios | Shares | Trials | Usage

/** The pages of buyers on a real home. */
export const buyerViewsLayer = Layer.effect(
  BuyerViews,
  Effect.gen(function* () {
    const world = yield* Effect.context<Services>()
    const within = <A>(effect: Effect.Effect<A, ViewsError, Services>): Effect.Effect<A, ViewsError> =>
      Effect.provideContext(effect, world)
    return BuyerViews.of({
      scenario: (request, buyer) => within(matchScenario(request, buyer)),
      scenarios: (buyer) => within(ownScenarios(buyer)),
      inbox: (buyer) => within(noticesOf(buyer)),
      read: (notice, buyer) => within(readNotice(notice, buyer)),
      attest: (recall, buyer) => within(Recalls.use((recalls) => recalls.attest(recall, buyer, buyer))),
      usage: (of, buyer) => within(Usage.use((usage) => usage.events({ ...of, tenant: buyer }))),
      access: (buyer) => within(accessOf(buyer)),
      openTrial: (product, buyer) => within(openTrial(product, buyer)),
      convert: (trial, buyer) => within(convertTrial(trial, buyer)),
      makeKey: (holder, buyer) => within(makeKey(holder, buyer)),
      revokeKey: (id, buyer) => within(revokeKey(id, buyer)),
      makeShare: (order, origin, buyer) => within(makeShare(order, origin, buyer)),
      revokeShare: (id, buyer) => within(revokeShare(id, buyer))
    })
  })
)
