import { Context } from "effect"

/** What the pages of stewards need of the lower floors, in the pages' own words. */
export class StewardViews extends Context.Service<StewardViews, Readonly<Record<never, never>>>()(
  "dashboard/StewardViews"
) {}
