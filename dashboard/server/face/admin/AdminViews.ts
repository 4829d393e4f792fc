import { Context } from "effect"
import type { Effect } from "effect"
import type { Backups } from "../../../api/admin/Backups.ts"
import type { BuyerEntry } from "../../../api/admin/BuyerEntry.ts"
import type { BuyersState } from "../../../api/admin/BuyersState.ts"
import type { CapRequest } from "../../../api/admin/CapRequest.ts"
import type { Caps } from "../../../api/admin/Caps.ts"
import type { ComparablesImport } from "../../../api/admin/ComparablesImport.ts"
import type { MoneyState } from "../../../api/admin/MoneyState.ts"
import type { RevenueEntry } from "../../../api/admin/RevenueEntry.ts"
import type { RevenueImport } from "../../../api/admin/RevenueImport.ts"
import type { TaxEntry } from "../../../api/admin/TaxEntry.ts"
import type { ViewsError } from "../../Views.ts"

/** What the pages of admins need of the lower floors, in the pages' own words. `by` is who asks. */
export class AdminViews extends Context.Service<
  AdminViews,
  {
    readonly buyers: Effect.Effect<BuyersState, ViewsError>
    verify(entry: BuyerEntry, by: string): Effect.Effect<BuyersState, ViewsError>
    confirm(buyer: string, by: string): Effect.Effect<BuyersState, ViewsError>
    block(buyer: string, reason: string, by: string): Effect.Effect<BuyersState, ViewsError>
    lift(buyer: string, by: string): Effect.Effect<BuyersState, ViewsError>
    readonly caps: Effect.Effect<Caps, ViewsError>
    setCap(request: CapRequest, by: string): Effect.Effect<Caps, ViewsError>
    approveCap(id: string, by: string): Effect.Effect<Caps, ViewsError>
    readonly money: Effect.Effect<MoneyState, ViewsError>
    enterRevenue(entry: RevenueEntry, by: string): Effect.Effect<MoneyState, ViewsError>
    importRevenue(entry: RevenueImport, by: string): Effect.Effect<MoneyState, ViewsError>
    setTax(entry: TaxEntry): Effect.Effect<MoneyState, ViewsError>
    importComparables(entry: ComparablesImport): Effect.Effect<MoneyState, ViewsError>
    readonly backups: Effect.Effect<Backups, ViewsError>
    backUp(withDrill: boolean, by: string): Effect.Effect<Backups, ViewsError>
  }
>()("dashboard/AdminViews") {}
