import { Schema } from "effect"
import { Label } from "../Label.ts"

const rate = Schema.NullOr(Schema.Struct({ share: Schema.Finite, of: Schema.Finite, where: Schema.String }))

/** What a product was last assessed on, the quality of its released table, and what changed from version to version. */
export const ProductRecord = Schema.Struct({
  product: Schema.String,
  /** The assessment that the product was last decided on; null for what was listed before there were any. */
  assessment: Schema.NullOr(
    Schema.Struct({
      /** SHA-256 of the assessment as it is kept. */
      digest: Schema.String,
      at: Schema.String,
      version: Schema.String,
      index: Schema.Finite,
      profile: Label,
      method: Label,
      gates: Schema.Array(
        Schema.Struct({ id: Schema.String, name: Label, passed: Schema.Boolean, until: Schema.NullOr(Schema.String) })
      ),
      domains: Schema.Array(
        Schema.Struct({
          id: Schema.String,
          name: Label,
          weight: Schema.Finite,
          score: Schema.Finite,
          items: Schema.Array(
            Schema.Struct({
              id: Schema.String,
              name: Label,
              /** 0 to 1; null for what stewards alone see: the budget that is left and the results of attacks. */
              score: Schema.NullOr(Schema.Finite),
              state: Schema.Literals(["measured", "missing", "expired"]),
              /** Where it was measured, and whether it is sample evidence. */
              evidence: Schema.Array(
                Schema.Struct({ note: Schema.String, when: Schema.String, isDemo: Schema.Boolean })
              )
            })
          )
        })
      )
    })
  ),
  /** Of the released table: counted on what buyers get. */
  quality: Schema.Struct({
    completeness: rate,
    uniqueness: rate,
    consistency: rate,
    precision: rate,
    accuracy: rate
  }),
  versions: Schema.Array(
    Schema.Struct({
      version: Schema.String,
      contract: Schema.String,
      level: Schema.Literals(["first", "breaking", "minor", "patch"]),
      reasons: Schema.Array(Label)
    })
  )
}).annotate({ identifier: "ProductRecord" })
export type ProductRecord = typeof ProductRecord.Type
