import type { Evaluation } from "./evaluate.ts"

/** Assets that shall be made when a condition holds: named by a person, or by the asset itself. */
export interface Rule {
  readonly name: string
  readonly selection: string
  /** As it was written. */
  readonly condition: string
  readonly addedAt: string
}

/** The last answers of one rule about one asset, the newest first. */
export interface StoredEvaluation {
  readonly rule: string
  readonly asset: string
  /** ISO instants: when it was first found so, and when last. */
  readonly at: string
  readonly until: string
  /** `repeated`: the condition holds, and was answered already by a request after which nothing changed. */
  readonly outcome: "requested" | "not_met" | "repeated"
  readonly tree: Evaluation
}

/** Assets that were asked for together. */
export interface MakeRequest {
  readonly id: string
  readonly assets: ReadonlyArray<string>
}
