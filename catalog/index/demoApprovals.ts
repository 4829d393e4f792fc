import { Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import { Indexes } from "./Indexes.ts"

const stewards = ["demo-steward-1", "demo-steward-2"]

/**
 * Lets the two stewards of the demo approve a product, marked as demo evidence; once, however often the demo is made. They vouch for
 * nothing else: what nobody has assessed stays missing.
 */
export const demoApprovals = Effect.fn("demoApprovals")(function* (product: string) {
  const indexes = yield* Indexes
  const known = yield* (yield* Records).read((db) =>
    db.all<{ signer: string }>("select signer from index_evidence where product = $product and item = 'approvals'", {
      product
    })
  )
  const missing = stewards.filter((signer) => !known.some((one) => one.signer === signer))
  for (const signer of missing) {
    const note = "Approved for the demo on generated data."
    yield* indexes.record({ product, item: "approvals", value: 1, signer, note, days: 365, isDemo: true })
  }
})
