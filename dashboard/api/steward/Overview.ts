import { Schema } from "effect"
import { Label } from "../Label.ts"
import { Loss } from "../Loss.ts"

const Pointer = Schema.Struct({ asset: Schema.String, why: Label })

/** What a steward should look at first. */
export const Overview = Schema.Struct({
  assets: Schema.Struct({ all: Schema.Int, fresh: Schema.Int, stale: Schema.Int, missing: Schema.Int }),
  stale: Schema.Array(Pointer),
  /** Checks that failed on what is published. */
  failedChecks: Schema.Array(
    Schema.Struct({
      asset: Schema.String,
      check: Schema.String,
      blocking: Schema.Boolean,
      /** Rows that break the rule. */
      failing: Schema.Int
    })
  ),
  late: Schema.Array(Pointer),
  budget: Schema.Struct({ cap: Loss, left: Loss, runsOut: Schema.NullOr(Schema.String) }),
  /** What waits for a decision. */
  review: Schema.Array(
    Schema.Struct({
      product: Schema.String,
      title: Label,
      waitsFor: Schema.Literals(["assessment", "approval", "version", "resume", "attention"]),
      requestedBy: Schema.NullOr(Schema.String)
    })
  ),
  epoch: Schema.Int,
  /** Revocations of the last thirty days, the newest first. */
  revocations: Schema.Array(
    Schema.Struct({ operation: Schema.String, at: Schema.String, epoch: Schema.Int, settled: Schema.Boolean })
  ),
  suspended: Schema.Array(Schema.Struct({ product: Schema.String, since: Schema.String })),
  /** What is tried by buyers now, and addresses of theirs that do not answer. */
  service: Schema.Struct({ trials: Schema.Int, webhooks: Schema.Int, failing: Schema.Int }),
  /** Evidence by people that no longer counts within thirty days. */
  expiring: Schema.Array(Schema.Struct({ product: Schema.String, title: Label, item: Label, until: Schema.String })),
  runs: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      selection: Schema.String,
      startedAt: Schema.String,
      finishedAt: Schema.NullOr(Schema.String),
      state: Schema.Literals(["running", "done", "failed"])
    })
  ),
  products: Schema.Array(
    Schema.Struct({
      product: Schema.String,
      title: Label,
      version: Schema.NullOr(Schema.String),
      index: Schema.NullOr(Schema.Finite),
      /** Gates that hold it back. */
      gates: Schema.Array(Schema.String)
    })
  )
}).annotate({ identifier: "StewardOverview" })
export type Overview = typeof Overview.Type
