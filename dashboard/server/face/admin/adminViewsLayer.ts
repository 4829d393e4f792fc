import { Layer } from "effect"
import { AdminViews } from "./AdminViews.ts"

/** The pages of admins on a real home. */
export const adminViewsLayer = Layer.succeed(AdminViews, AdminViews.of({}))
