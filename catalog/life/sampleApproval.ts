import { Effect } from "effect"
import { Evidences } from "../index/Evidences.ts"
import { Lifecycle } from "./Lifecycle.ts"

const stewards = ["demo-steward-1", "demo-steward-2"] as const

/**
 * Takes a product of the demo to the shop window the way a real one goes: two stewards put an assessment on record, one submits, the other
 * approves. What is there already is left as it is, so the demo may be made again.
 *
 * @param file the assessment, marked as sample
 */
export const sampleApproval = Effect.fn("sampleApproval")(function* (
  product: string,
  file: { readonly name: string; readonly bytes: Uint8Array }
) {
  const evidences = yield* Evidences
  const lifecycle = yield* Lifecycle
  for (const by of stewards) yield* evidences.recordFile({ product, gate: "all", by, ...file })
  const { state } = yield* lifecycle.of(product)
  if (state === "draft") yield* lifecycle.submit({ product, by: stewards[0] })
  if (state === "draft" || state === "assessed" || state === "registered")
    yield* lifecycle.approve({ product, by: stewards[1] })
})
