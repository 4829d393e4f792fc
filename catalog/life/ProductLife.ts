import type { Money } from "#core/money/Money.ts"
import type { TradabilityIndex } from "#pricing/index/tradabilityIndex.ts"
import type { Label } from "#pricing/quote/Explanation.ts"
import type { ContractChange } from "../contract/Contract.ts"
import type { LifeState } from "./LifeState.ts"

/** One step of a product's life, as it was taken. */
export interface Transition {
  readonly seq: number
  readonly product: string
  readonly from: LifeState
  readonly to: LifeState
  readonly by: string
  readonly requestedBy: string | null
  readonly reason: string
  readonly versionId: string | null
  /** SHA-256 of the assessment that it was decided on. */
  readonly evidence: string | null
  /** ISO instant. */
  readonly at: string
  /** `earlier`: on sale before products had a life. */
  readonly rule: "gates" | "earlier"
}

/** Where a product is in its life, and how it came there. */
export interface ProductLife {
  readonly product: string
  readonly title: Label
  readonly owner: string
  readonly state: LifeState
  readonly since: string
  /** A day of a deprecation, and what takes its place. */
  readonly endsOn: string | null
  readonly successor: string | null
  readonly waitsFor: "approval" | "version" | "resume" | null
  readonly requestedBy: string | null
  /** Semantic version of the contract of what is on sale, or would be. */
  readonly contract: string
  /** Numbers of the market's flow; null before the stage. */
  readonly registration: string | null
  readonly listing: string | null
  readonly transitions: ReadonlyArray<Transition>
}

/** What a decision on a product rests on: gates and index with their evidence, expected price, privacy loss, change of contract. */
export interface Assessment {
  /** SHA-256 of the canonical JSON of the rest. */
  readonly digest: string
  readonly product: string
  readonly version: string
  readonly versionId: string
  readonly contract: string
  readonly change: ContractChange
  readonly at: string
  readonly index: TradabilityIndex
  /** What the list price would be at this moment. */
  readonly price: Money
  readonly loss: { readonly rho: number; readonly epsilon: number; readonly delta: number }
  readonly rows: number
  readonly kind: "dp_aggregate" | "synthetic" | "consented"
}

/** A product that waits for somebody, with all that a reviewer needs. */
export interface ReviewItem {
  readonly product: string
  readonly title: Label
  readonly state: LifeState
  /** `attention`: on sale, and its evidence no longer carries it. */
  readonly waitsFor: "assessment" | "approval" | "version" | "resume" | "attention"
  readonly since: string
  readonly requestedBy: string | null
  readonly assessment: Assessment
  /** What the index would be with the approval that is asked for. */
  readonly expected: number
  /** Why it could not be listed if somebody approved it now; empty if it could. */
  readonly missing: ReadonlyArray<Label>
}
