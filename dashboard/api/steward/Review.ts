import { Schema } from "effect"
import { Label } from "../Label.ts"
import { Assessed } from "./Assessed.ts"
import { LifeState } from "./LifeState.ts"
import { WaitsFor } from "./WaitsFor.ts"

/** What waits for a decision with all that it rests on, and where every product is in its life. */
export const Review = Schema.Struct({
  /** Who is asking: what somebody asked for, another one approves. */
  me: Schema.String,
  items: Schema.Array(
    Schema.Struct({
      product: Schema.String,
      title: Label,
      state: LifeState,
      waitsFor: WaitsFor,
      since: Schema.String,
      requestedBy: Schema.NullOr(Schema.String),
      ...Assessed.fields,
      /** The index with the approval that is asked for. */
      expected: Schema.Finite,
      missing: Schema.Array(Label)
    })
  ),
  lives: Schema.Array(
    Schema.Struct({
      product: Schema.String,
      title: Label,
      state: LifeState,
      since: Schema.String,
      contract: Schema.String,
      registration: Schema.NullOr(Schema.String),
      listing: Schema.NullOr(Schema.String),
      /** ISO day from which a deprecated product may be retired. */
      endsOn: Schema.NullOr(Schema.String),
      /** How many steps it took to get there. */
      steps: Schema.Int
    })
  )
}).annotate({ identifier: "StewardReview" })
export type Review = typeof Review.Type
