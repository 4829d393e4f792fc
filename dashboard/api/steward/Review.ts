import { Schema } from "effect"
import { Label } from "../Label.ts"
import { Loss } from "../Loss.ts"
import { Price } from "../Price.ts"
import { TradabilityParts } from "./TradabilityParts.ts"

const State = Schema.Literals(["draft", "assessed", "registered", "listed", "suspended", "deprecated", "retired"])

/** What waits for a decision with all that it rests on, and where every product is in its life. */
export const Review = Schema.Struct({
  /** Who is asking: what somebody asked for, another one approves. */
  me: Schema.String,
  items: Schema.Array(
    Schema.Struct({
      product: Schema.String,
      title: Label,
      state: State,
      waitsFor: Schema.Literals(["assessment", "approval", "version", "resume", "attention"]),
      since: Schema.String,
      requestedBy: Schema.NullOr(Schema.String),
      version: Schema.String,
      contract: Schema.String,
      change: Schema.Struct({ level: Schema.String, reasons: Schema.Array(Label) }),
      /** SHA-256 of what the decision rests on. */
      digest: Schema.String,
      price: Price,
      loss: Loss,
      rows: Schema.Int,
      kind: Schema.Literals(["dp_aggregate", "synthetic", "consented"]),
      /** The index with the approval that is asked for. */
      expected: Schema.Finite,
      missing: Schema.Array(Label),
      index: TradabilityParts
    })
  ),
  lives: Schema.Array(
    Schema.Struct({
      product: Schema.String,
      title: Label,
      state: State,
      since: Schema.String,
      contract: Schema.String,
      registration: Schema.NullOr(Schema.String),
      listing: Schema.NullOr(Schema.String),
      transitions: Schema.Array(
        Schema.Struct({
          from: State,
          to: State,
          by: Schema.String,
          requestedBy: Schema.NullOr(Schema.String),
          reason: Schema.String,
          at: Schema.String
        })
      )
    })
  )
}).annotate({ identifier: "StewardReview" })
export type Review = typeof Review.Type
