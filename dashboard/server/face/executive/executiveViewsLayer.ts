import { Layer } from "effect"
import { ExecutiveViews } from "./ExecutiveViews.ts"

/** The pages of executives on a real home. */
export const executiveViewsLayer = Layer.succeed(ExecutiveViews, ExecutiveViews.of({}))
