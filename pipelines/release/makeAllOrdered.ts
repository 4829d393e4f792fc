import { Effect } from "effect"
import type { MakeError } from "../engine/Makers.ts"
import { makeOrdered } from "./makeOrdered.ts"
import { OrderedReleases } from "./OrderedReleases.ts"

/** How the releases that were waiting went; one that is refused does not hold up the others. */
export interface OrderedReport {
  readonly made: ReadonlyArray<{ readonly order: string; readonly product: string; readonly offer: string }>
  readonly failed: ReadonlyArray<{ readonly order: string; readonly product: string; readonly error: MakeError }>
}

/** Makes every release that was ordered and paid for. Repeating it makes nothing twice. */
export const makeAllOrdered = Effect.fn("makeAllOrdered")(function* () {
  const waiting = yield* (yield* OrderedReleases).waiting
  const outcomes = yield* Effect.forEach(waiting, (ordered) =>
    Effect.map(Effect.result(makeOrdered(ordered)), (outcome) => ({ ordered, outcome }))
  )
  return {
    made: outcomes.flatMap(({ outcome }) => (outcome._tag === "Success" ? [outcome.success] : [])),
    failed: outcomes.flatMap(({ ordered: { order, product }, outcome }) =>
      outcome._tag === "Failure" ? [{ order, product, error: outcome.failure }] : []
    )
  } satisfies OrderedReport as OrderedReport
})
