import { Schema } from "effect"
import { Label } from "../Label.ts"
import { Price } from "../Price.ts"

/** How well a product fits a scenario, why, and the smallest part of it that does. */
export const ScenarioMatch = Schema.Struct({
  product: Schema.String,
  title: Label,
  version: Schema.String,
  /** 0 to 100. */
  fit: Schema.Finite,
  gate: Schema.Boolean,
  /** The parts of Fit, 0 to 1. */
  schema: Schema.Finite,
  population: Schema.Finite,
  quality: Schema.Finite,
  fields: Schema.Array(
    Schema.Struct({
      field: Schema.String,
      column: Schema.NullOr(Schema.String),
      how: Schema.Literals(["exact", "convertible", "proxy", "none"]),
      score: Schema.Finite
    })
  ),
  missing: Schema.Array(Schema.String),
  forbidden: Schema.Array(Schema.String),
  /** Column groups in the order they were taken: the minimum viable dataset. */
  steps: Schema.Array(
    Schema.Struct({
      group: Schema.String,
      columns: Schema.Array(Schema.String),
      fit: Schema.Finite,
      addsBits: Schema.Finite,
      adds: Schema.NullOr(Price)
    })
  ),
  reached: Schema.Boolean,
  /** The offer of the menu that holds just that dataset. */
  offer: Schema.NullOr(Schema.Struct({ id: Schema.String, price: Price }))
}).annotate({ identifier: "ScenarioMatch" })
export type ScenarioMatch = typeof ScenarioMatch.Type
