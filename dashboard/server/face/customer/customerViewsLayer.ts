import { Layer } from "effect"
import { CustomerViews } from "./CustomerViews.ts"

/** The pages of customers on a real home. */
export const customerViewsLayer = Layer.succeed(CustomerViews, CustomerViews.of({}))
