import type { Money } from "#core/money/Money.ts"

/** What a late update gives back of an order's price, and what was decided on it. */
export interface SlaCredit {
  readonly id: string
  readonly order: string
  readonly buyer: string
  readonly product: string
  /** The version that was bought, and the one that came late. */
  readonly version: string
  readonly lateVersion: string
  /** ISO instants: by when the next version was promised, and when it was listed. */
  readonly dueAt: string
  readonly arrivedAt: string
  /** Days between them. */
  readonly lateDays: number
  /** The part of the price that pays for one period, in minor units. */
  readonly periodFee: number
  /** 1 - T(lateness). */
  readonly share: number
  readonly amount: Money
  readonly state: "proposed" | "credited" | "dismissed"
  readonly by: string | null
  readonly reason: string | null
  /** Number of the credit note. */
  readonly creditNote: string | null
}
