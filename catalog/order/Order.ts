import type { Money } from "#core/money/Money.ts"

/** A sale in one of its states; `quoted` is the state before, held by the quote. */
export interface Order {
  readonly id: string
  readonly quote: string
  readonly product: string
  readonly version: string
  readonly buyer: string
  readonly price: Money
  readonly state: "ordered" | "paid" | "delivered"
  readonly orderedAt: string
  readonly paidAt: string | null
  /** The first delivery; a paid version may be delivered again. */
  readonly deliveredAt: string | null
  /** Only of an order that was called off before it was paid. */
  readonly cancelledAt?: string
}

type Step = "order" | "pay" | "deliver"

const steps: Readonly<Record<Step, { from: ReadonlyArray<Order["state"] | "quoted">; to: Order["state"] }>> = {
  order: { from: ["quoted"], to: "ordered" },
  pay: { from: ["ordered"], to: "paid" },
  deliver: { from: ["paid", "delivered"], to: "delivered" }
}

/** The state that a step of a sale leads to, or undefined where it may not be taken. @source product.md, Words: the steps of a sale */
export function stateAfter(step: Step, state: Order["state"] | "quoted"): Order["state"] | undefined {
  return steps[step].from.includes(state) ? steps[step].to : undefined
}
