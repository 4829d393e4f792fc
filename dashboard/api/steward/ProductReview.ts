import { Schema } from "effect"
import { Label } from "../Label.ts"
import { Assessed } from "./Assessed.ts"
import { LifeState } from "./LifeState.ts"
import { LifeStep } from "./LifeStep.ts"
import { WaitsFor } from "./WaitsFor.ts"

/** One product before whoever decides on it: where it is, what may be done, and every piece of evidence that people gave. */
export const ProductReview = Schema.Struct({
  me: Schema.String,
  product: Schema.String,
  title: Label,
  owner: Schema.String,
  state: LifeState,
  since: Schema.String,
  contract: Schema.String,
  registration: Schema.NullOr(Schema.String),
  listing: Schema.NullOr(Schema.String),
  endsOn: Schema.NullOr(Schema.String),
  successor: Schema.NullOr(Schema.String),
  waitsFor: Schema.NullOr(WaitsFor),
  requestedBy: Schema.NullOr(Schema.String),
  /** What its state allows; whether nothing speaks against it is decided when it is asked for. */
  moves: Schema.Array(Schema.Literals(["submit", "approve", "register", "reject", "suspend", "deprecate", "retire"])),
  /** Orders that still entitle a buyer to it. */
  entitled: Schema.Int,
  /** Listed products that could take its place. */
  successors: Schema.Array(Schema.Struct({ product: Schema.String, title: Label })),
  /** Null while no version has anything to sell. */
  assessment: Schema.NullOr(Assessed),
  /** The index with the approval that is asked for; null where nothing waits. */
  expected: Schema.NullOr(Schema.Finite),
  /** Why it could not be listed if somebody approved it now. */
  missing: Schema.Array(Label),
  /** What people can vouch for. */
  recordable: Schema.Array(Schema.Struct({ id: Schema.String, name: Label, isGate: Schema.Boolean })),
  /** What people put on record, the newest first. */
  evidence: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      item: Schema.String,
      value: Schema.Finite,
      note: Schema.String,
      signer: Schema.String,
      at: Schema.String,
      expiresAt: Schema.String,
      /** `replaced`: the same person said something newer of the same item. */
      state: Schema.Literals(["holds", "ran out", "withdrawn", "replaced"]),
      isDemo: Schema.Boolean,
      file: Schema.NullOr(Schema.Struct({ name: Schema.String, digest: Schema.String }))
    })
  ),
  transitions: Schema.Array(LifeStep)
}).annotate({ identifier: "ProductReview" })
export type ProductReview = typeof ProductReview.Type
