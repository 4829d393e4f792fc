import { Context } from "effect"
import type { Effect } from "effect"
import type { BuyerCheck } from "../../../api/admin/BuyerCheck.ts"
import type { BuyerEntry } from "../../../api/admin/BuyerEntry.ts"
import type { HouseState } from "../../../api/admin/HouseState.ts"
import type { RevenueEntry } from "../../../api/admin/RevenueEntry.ts"
import type { ViewsError } from "../../Views.ts"

/** What the pages of admins need of the lower floors, in the pages' own words. `by` is who asks. */
export class AdminViews extends Context.Service<
  AdminViews,
  {
    readonly buyers: Effect.Effect<ReadonlyArray<BuyerCheck>, ViewsError>
    verify(entry: BuyerEntry, by: string): Effect.Effect<ReadonlyArray<BuyerCheck>, ViewsError>
    confirm(buyer: string, by: string): Effect.Effect<ReadonlyArray<BuyerCheck>, ViewsError>
    readonly house: Effect.Effect<HouseState, ViewsError>
    enterRevenue(entry: RevenueEntry, by: string): Effect.Effect<HouseState, ViewsError>
  }
>()("dashboard/AdminViews") {}
