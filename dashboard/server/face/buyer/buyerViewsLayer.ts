import { Layer } from "effect"
import { BuyerViews } from "./BuyerViews.ts"

/** The pages of buyers on a real home. */
export const buyerViewsLayer = Layer.succeed(BuyerViews, BuyerViews.of({}))
