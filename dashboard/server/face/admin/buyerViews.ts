import { Effect } from "effect"
import { Buyers } from "#catalog/buyer/Buyers.ts"
import { Orders } from "#catalog/order/Orders.ts"
import type { BuyerEntry } from "../../../api/admin/BuyerEntry.ts"
import type { BuyersState } from "../../../api/admin/BuyersState.ts"

/** Every buyer by its newest check, those who bought without one, and who is barred. */
export const buyersState = Effect.fn("buyersState")(function* () {
  const buyers = yield* Buyers
  const known = yield* buyers.list
  const checks = yield* Effect.forEach(known, ({ buyer, industry }) =>
    Effect.map(buyers.history(buyer), ([newest]) => (newest === undefined ? [] : [{ ...newest, industry }]))
  )
  const checked = new Set(known.map(({ buyer }) => buyer))
  const bought = Map.groupBy(yield* (yield* Orders).list(), ({ buyer }) => buyer)
  return {
    checks: checks.flat(),
    unchecked: [...bought]
      .filter(([buyer]) => !checked.has(buyer))
      .map(([buyer, orders]) => ({ buyer, orders: orders.length }))
      .sort((a, b) => b.orders - a.orders),
    blocks: yield* buyers.blocks
  } satisfies BuyersState as BuyersState
})

/** Notes a check. */
export const verifyBuyer = Effect.fn("verifyBuyer")(function* (
  { evidence, industry, ...buyer }: BuyerEntry,
  by: string
) {
  const named = industry === undefined ? buyer : { ...buyer, industry }
  yield* (yield* Buyers).verify(named, { by, evidence })
  return yield* buyersState()
})

/** Confirms a check as another one. */
export const confirmBuyer = Effect.fn("confirmBuyer")(function* (buyer: string, by: string) {
  yield* (yield* Buyers).confirm(buyer, by)
  return yield* buyersState()
})

/** Bars a buyer. */
export const blockBuyer = Effect.fn("blockBuyer")(function* (buyer: string, reason: string, by: string) {
  yield* (yield* Buyers).block(buyer, reason, by)
  return yield* buyersState()
})

/** Lets a buyer in again as another one. */
export const liftBuyer = Effect.fn("liftBuyer")(function* (buyer: string, by: string) {
  yield* (yield* Buyers).lift(buyer, by)
  return yield* buyersState()
})
