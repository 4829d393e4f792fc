import { Context } from "effect"

/** What the pages of admins need of the lower floors, in the pages' own words. */
export class AdminViews extends Context.Service<AdminViews, Readonly<Record<never, never>>>()("dashboard/AdminViews") {}
