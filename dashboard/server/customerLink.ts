import { Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import type { UseDocument } from "#privacy/consent/use/UseDocument.ts"
import { Uses } from "#privacy/consent/use/Uses.ts"
import { mintLink } from "./mintLink.ts"

/** So many are looked at before somebody is shown whose records nothing was made with. */
const mostLooked = 12

/**
 * Makes a one-time link for one customer.
 *
 * @param id as in the source; left out, on the demo, somebody whose records a product was made with
 */
export const customerLink = Effect.fn("customerLink")(function* (port: number, id?: string) {
  const subject = id === undefined ? yield* someCustomer : yield* (yield* Consent).subject(id)
  return subject === undefined
    ? yield* mintLink("customer", port)
    : yield* mintLink("customer", port, `customer-${subject}`, subject)
})

const someCustomer = Effect.gen(function* () {
  const uses = yield* Uses
  const active = yield* (yield* Records).read((db) =>
    db.all<{ subj: number }>(`select subj from subject where state = 'ACTIVE' order by subj limit ${mostLooked}`)
  )
  for (const { subj } of active) {
    const { uses: own } = yield* uses.of(subj)
    const made = own.map(({ document }) => (JSON.parse(document) as UseDocument).asset)
    if (made.some((asset) => asset.startsWith("release."))) return subj
  }
  return active[0]?.subj
})
