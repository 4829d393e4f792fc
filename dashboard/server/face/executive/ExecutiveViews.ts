import { Context } from "effect"

/** What the pages of executives need of the lower floors, in the pages' own words. */
export class ExecutiveViews extends Context.Service<ExecutiveViews, Readonly<Record<never, never>>>()(
  "dashboard/ExecutiveViews"
) {}
