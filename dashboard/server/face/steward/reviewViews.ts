import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Lifecycle } from "#catalog/life/Lifecycle.ts"
import type { ProductLife, ReviewItem } from "#catalog/life/ProductLife.ts"
import type { Approval } from "../../../api/steward/Approval.ts"
import type { Decided } from "../../../api/steward/Decided.ts"
import type { Decision } from "../../../api/steward/Decision.ts"
import type { Review } from "../../../api/steward/Review.ts"
import { assessedOf } from "./assessedOf.ts"

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
export const decide = Effect.fn("decide")(function* (
  product: string,
  { move, reason, on, successor }: Decision,
  by: string
) {
  const lifecycle = yield* Lifecycle
  const decision = { product, by, reason }
  if (move !== "deprecate") return decided(yield* lifecycle[move](decision))
  if (on === undefined || !/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(on)) return yield* noDay()
  const named = successor === undefined || successor === "" ? {} : { successor }
  return decided(yield* lifecycle.deprecate({ ...decision, on, ...named }))
})

/** Approves what another one asked for. */
export const approve = Effect.fn("approve")(function* (
  product: string,
  { reason, registerOnly = false }: Approval,
  by: string
) {
  return decided(yield* (yield* Lifecycle).approve({ product, by, reason, registerOnly }))
})

const decided = ({ product, state }: ProductLife): Decided => ({ product, state })

const itemOf = ({ assessment, ...item }: ReviewItem): Review["items"][number] => ({
  product: item.product,
  title: item.title,
  state: item.state,
  waitsFor: item.waitsFor,
  since: item.since,
  requestedBy: item.requestedBy,
  ...assessedOf(assessment),
  expected: item.expected,
  missing: item.missing
})

const lifeOf = (life: ProductLife): Review["lives"][number] => ({
  product: life.product,
  title: life.title,
  state: life.state,
  since: life.since,
  contract: life.contract,
  registration: life.registration,
  listing: life.listing,
  endsOn: life.endsOn,
  steps: life.transitions.length
})

const noDay = (): BadInput =>
  new BadInput({
    code: "life.on",
    message: "A deprecation names the day from which the product may be retired.",
    fix: "Choose a day, today or later.",
    where: { field: "on" }
  })
