import { Context } from "effect"

/** What the pages of buyers need of the lower floors, in the pages' own words. */
export class BuyerViews extends Context.Service<BuyerViews, Readonly<Record<never, never>>>()("dashboard/BuyerViews") {}
