import { Context } from "effect"

/** What the pages of customers need of the lower floors, in the pages' own words. */
export class CustomerViews extends Context.Service<CustomerViews, Readonly<Record<never, never>>>()(
  "dashboard/CustomerViews"
) {}
