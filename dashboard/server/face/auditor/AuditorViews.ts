import { Context } from "effect"

/** What the pages of auditors need of the lower floors, in the pages' own words. */
export class AuditorViews extends Context.Service<AuditorViews, Readonly<Record<never, never>>>()(
  "dashboard/AuditorViews"
) {}
