import { Schema } from "effect"
import { Loss } from "../Loss.ts"
import { Price } from "../Price.ts"
import { PriceTree } from "../PriceTree.ts"
import { Refusal } from "./Refusal.ts"
import { TradabilityParts } from "./TradabilityParts.ts"

const Bits = Schema.Struct({ low: Schema.Finite, high: Schema.Finite })
const Figure = Schema.Struct({ absolute: Schema.Finite, relative: Schema.Finite })
const Step = Schema.Struct({
  group: Schema.String,
  columns: Schema.Array(Schema.String),
  fit: Schema.Finite,
  addsBits: Schema.Finite,
  addsFen: Schema.NullOr(Schema.Finite),
  halfWidth95: Schema.NullOr(Schema.Finite)
})

/** What an edited product file would give: computed from public and paid information, drawing nothing and charging nothing. */
export const Design = Schema.Struct({
  product: Schema.String,
  /** As it would be saved. */
  yaml: Schema.String,
  period: Schema.NullOr(Schema.String),
  /** This very plan was released in this period already: it would be given again and charge nothing. */
  stored: Schema.Boolean,
  refusals: Schema.Array(Refusal),
  release: Schema.NullOr(
    Schema.Struct({
      loss: Loss,
      basis: Schema.Struct({
        from: Schema.Literals(["last release", "prior"]),
        release: Schema.NullOr(Schema.String),
        population: Schema.Literals(["declared", "paid", "census", "unknown"]),
        subjects: Schema.NullOr(Schema.Finite)
      }),
      /** Cells that are expected to be published. */
      cells: Schema.NullOr(Schema.Finite),
      keptKeys: Schema.NullOr(Schema.Finite),
      measures: Schema.Array(
        Schema.Struct({
          name: Schema.String,
          absolute: Schema.NullOr(Schema.Finite),
          relative: Schema.Finite,
          halfWidth95: Schema.NullOr(Schema.Finite),
          rho: Schema.Finite
        })
      ),
      /** Cells of the last release with their expected errors, the worst first; at most sixty. */
      worst: Schema.Array(
        Schema.Struct({
          keys: Schema.Record(Schema.String, Schema.String),
          errors: Schema.Record(Schema.String, Figure)
        })
      )
    })
  ),
  /** Median relative error of each measure against the privacy loss. */
  curve: Schema.Struct({
    measures: Schema.Array(Schema.String),
    points: Schema.Array(
      Schema.Struct({ rho: Schema.Finite, epsilon: Schema.Finite, errors: Schema.Array(Schema.Finite) })
    ),
    /** Above it a release is refused as useless. */
    worst: Schema.Finite
  }),
  budget: Schema.Struct({
    cap: Loss,
    left: Loss,
    asks: Schema.NullOr(Schema.Finite),
    /** ISO day; null where the budget lasts, or where nothing could be planned. */
    runsOut: Schema.NullOr(Schema.String),
    lastsLongEnough: Schema.NullOr(Schema.Boolean)
  }),
  mvds: Schema.NullOr(
    Schema.Struct({
      reached: Schema.Boolean,
      fit: Schema.Finite,
      threshold: Schema.Finite,
      bits: Bits,
      missing: Schema.Array(Schema.String),
      steps: Schema.Array(Step),
      further: Schema.Array(Step)
    })
  ),
  price: Schema.NullOr(
    Schema.Struct({
      price: Price,
      tree: PriceTree,
      /** The listed version that it is reckoned against; null where this would be the first. */
      against: Schema.NullOr(Schema.String),
      listed: Schema.NullOr(Price)
    })
  ),
  index: Schema.NullOr(TradabilityParts)
}).annotate({ identifier: "Design" })
export type Design = typeof Design.Type
