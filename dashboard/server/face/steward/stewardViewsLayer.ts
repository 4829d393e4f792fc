import { Layer } from "effect"
import { StewardViews } from "./StewardViews.ts"

/** The pages of stewards on a real home. */
export const stewardViewsLayer = Layer.succeed(StewardViews, StewardViews.of({}))
