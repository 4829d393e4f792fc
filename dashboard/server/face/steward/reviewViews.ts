import { Effect } from "effect"
import { Lifecycle } from "#catalog/life/Lifecycle.ts"
import type { ProductLife, ReviewItem } from "#catalog/life/ProductLife.ts"
import type { Decided } from "../../../api/steward/Decided.ts"
import type { Decision } from "../../../api/steward/Decision.ts"
import type { Review } from "../../../api/steward/Review.ts"
import { tradabilityParts } from "./tradabilityParts.ts"

/** What waits for a decision, and where every product is in its life. */
export const reviewOf = Effect.fn("reviewOf")(function* (me: string) {
  const lifecycle = yield* Lifecycle
  return {
    me,
    items: (yield* lifecycle.queue).map(itemOf),
    lives: (yield* lifecycle.list).map(lifeOf)
  } satisfies Review as Review
})

/** Decides under the name of the session. */
export const decide = Effect.fn("decide")(function* (product: string, { move, reason }: Decision, by: string) {
  const lifecycle = yield* Lifecycle
  const decision = { product, by, reason }
  const life = yield* move === "submit"
    ? lifecycle.submit(decision)
    : move === "reject"
      ? lifecycle.reject(decision)
      : lifecycle.suspend(decision)
  return decided(life)
})

/** Approves what another one asked for. */
export const approve = Effect.fn("approve")(function* (product: string, reason: string, by: string) {
  return decided(yield* (yield* Lifecycle).approve({ product, by, reason }))
})

const decided = ({ product, state }: ProductLife): Decided => ({ product, state })

const itemOf = ({ assessment, ...item }: ReviewItem): Review["items"][number] => ({
  product: item.product,
  title: item.title,
  state: item.state,
  waitsFor: item.waitsFor,
  since: item.since,
  requestedBy: item.requestedBy,
  version: assessment.version,
  contract: assessment.contract,
  change: { level: assessment.change.level, reasons: assessment.change.reasons },
  digest: assessment.digest,
  price: assessment.price,
  loss: assessment.loss,
  rows: assessment.rows,
  kind: assessment.kind,
  expected: item.expected,
  missing: item.missing,
  index: tradabilityParts(assessment.index)
})

const lifeOf = ({ product, title, state, since, contract, registration, listing, transitions }: ProductLife) => ({
  product,
  title,
  state,
  since,
  contract,
  registration,
  listing,
  transitions: transitions.map(({ from, to, by, requestedBy, reason, at }) => ({
    from,
    to,
    by,
    requestedBy,
    reason,
    at
  }))
})
