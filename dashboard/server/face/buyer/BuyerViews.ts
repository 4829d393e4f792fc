import { Context } from "effect"
import type { Effect } from "effect"
import type { BuyerAccess } from "../../../api/buyer/BuyerAccess.ts"
import type { BuyerNotice } from "../../../api/buyer/BuyerNotice.ts"
import type { Credential } from "../../../api/buyer/Credential.ts"
import type { OwnScenario } from "../../../api/buyer/OwnScenario.ts"
import type { RecallReceipt } from "../../../api/buyer/RecallReceipt.ts"
import type { ScenarioMatch } from "../../../api/buyer/ScenarioMatch.ts"
import type { ScenarioRequest } from "../../../api/buyer/ScenarioRequest.ts"
import type { UsageLine } from "../../../api/buyer/UsageLine.ts"
import type { Order } from "../../../api/Order.ts"
import type { ViewsError } from "../../Views.ts"

/** What the pages of buyers need of the lower floors, in the pages' own words. `buyer` is who asks: what belongs to another is unknown. */
export class BuyerViews extends Context.Service<
  BuyerViews,
  {
    scenario(request: ScenarioRequest, buyer: string): Effect.Effect<ReadonlyArray<ScenarioMatch>, ViewsError>
    scenarios(buyer: string): Effect.Effect<ReadonlyArray<OwnScenario>, ViewsError>
    inbox(buyer: string): Effect.Effect<ReadonlyArray<BuyerNotice>, ViewsError>
    read(notice: string, buyer: string): Effect.Effect<BuyerNotice, ViewsError>
    /** Takes down under the buyer's name that nothing of a recalled version is left. */
    attest(recall: string, buyer: string): Effect.Effect<RecallReceipt, ViewsError>
    usage(
      of: { readonly period: string; readonly product: string; readonly version: string; readonly meter: string },
      buyer: string
    ): Effect.Effect<ReadonlyArray<UsageLine>, ViewsError>
    access(buyer: string): Effect.Effect<BuyerAccess, ViewsError>
    openTrial(product: string, buyer: string): Effect.Effect<BuyerAccess, ViewsError>
    convert(trial: string, buyer: string): Effect.Effect<Order, ViewsError>
    makeKey(holder: string, buyer: string): Effect.Effect<Credential, ViewsError>
    revokeKey(id: string, buyer: string): Effect.Effect<BuyerAccess, ViewsError>
    /** `origin` is the address under which the buyer reaches the server. */
    makeShare(order: string, origin: string, buyer: string): Effect.Effect<Credential, ViewsError>
    revokeShare(id: string, buyer: string): Effect.Effect<BuyerAccess, ViewsError>
  }
>()("dashboard/BuyerViews") {}
