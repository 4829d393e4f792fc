import { Schema } from "effect"
import { Label } from "../Label.ts"

const Piece = Schema.Struct({
  note: Schema.String,
  signer: Schema.NullOr(Schema.String),
  when: Schema.String,
  /** From when on it no longer counts; null where only the profile says. */
  until: Schema.NullOr(Schema.String),
  isDemo: Schema.Boolean
})

/** A tradability index by its parts, each with what it rests on. */
export const TradabilityParts = Schema.Struct({
  /** 0 to 100; 0 while a gate fails. */
  index: Schema.Finite,
  ungated: Schema.Finite,
  target: Schema.Finite,
  isTradable: Schema.Boolean,
  profile: Label,
  reasons: Schema.Array(Label),
  gates: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      name: Label,
      passed: Schema.Boolean,
      state: Schema.Literals(["measured", "missing", "expired"]),
      until: Schema.NullOr(Schema.String),
      next: Label,
      evidence: Schema.Array(Piece)
    })
  ),
  domains: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      name: Label,
      weight: Schema.Finite,
      /** 0 to 1. */
      score: Schema.Finite,
      items: Schema.Array(
        Schema.Struct({
          id: Schema.String,
          name: Label,
          score: Schema.Finite,
          state: Schema.Literals(["measured", "missing", "expired"]),
          until: Schema.NullOr(Schema.String),
          evidence: Schema.Array(Piece)
        })
      )
    })
  ),
  next: Schema.Array(Schema.Struct({ item: Schema.String, action: Label, points: Schema.Finite }))
}).annotate({ identifier: "TradabilityParts" })
export type TradabilityParts = typeof TradabilityParts.Type
