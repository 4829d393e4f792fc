import { Layer } from "effect"
import { AuditorViews } from "./AuditorViews.ts"

/** The pages of auditors on a real home. */
export const auditorViewsLayer = Layer.succeed(AuditorViews, AuditorViews.of({}))
