import { Clock, Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { licencesInForce } from "#privacy/consent/grant/licencesInForce.ts"
import type { InForce } from "#privacy/consent/grant/licencesInForce.ts"
import { categoryTerms, purposeTerms } from "#privacy/consent/registry/Registry.ts"
import { termName } from "#privacy/consent/registry/termName.ts"
import { licenceMatrix } from "#privacy/consent/view/licenceMatrix.ts"
import type { LicenceCell } from "#privacy/consent/view/licenceMatrix.ts"
import { Products } from "#pipelines/release/Products.ts"
import { Connections } from "#pipelines/sources/Connections.ts"
import type { Licences } from "../../../api/customer/Licences.ts"

/** The table that is shown, and all that a change of it needs. */
export interface ShownLicences {
  readonly licences: Licences
  readonly inForce: InForce
}

const never = 253_000_000_000
const day = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10)
const rank = { permitted: 2, forbidden: 1, silent: 0 } as const

/**
 * What a subject permits, over the purposes and recipients that concern them: those of the house's products, of the sources' declarations and of the
 * licence itself.
 */
export const customerLicences = Effect.fn("customerLicences")(function* (subj: number) {
  const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
  const inForce = yield* licencesInForce(subj, now)
  const { state, granted, terms } = inForce
  const known = yield* (yield* Consent).recipients
  const products = yield* Products
  const consented = yield* products.consented
  const made = [...(yield* products.definitions), ...consented]
  const streams = (yield* (yield* Connections).all).flatMap(({ spec }) => spec.streams)
  const rules = [...terms.flatMap((one) => one.rules), ...(granted?.terms.rules ?? [])]
  const purposes = inOrder(purposeTerms.keys(), [
    ...made.map(({ purpose }) => purpose),
    ...streams.flatMap(({ licence }) => licence?.purposes ?? []),
    ...rules.flatMap((rule) => rule.purposes)
  ])
  const recipients = inOrder(new Set([...known.keys(), ...consented.map(({ spec }) => spec.recipient)]), [
    "internal",
    "third-party",
    ...consented.map(({ spec }) => spec.recipient),
    ...rules.flatMap((rule) => rule.recipients)
  ])
  // A source's word may differ from stream to stream: what any of them permits is permitted of some records.
  const tables = terms.map((one) => licenceMatrix(one.rules, purposes, recipients, known))
  const cells = purposes.flatMap((purpose, i) =>
    recipients.map((recipient, j) => {
      const all = tables.map((table) => table[i * recipients.length + j]!)
      return all.reduce(better, { purpose, recipient, answer: "silent", actions: [], categories: [] } as LicenceCell)
    })
  )
  const permitted = new Set(cells.flatMap(({ categories }) => categories))
  const broader = (id: string): boolean =>
    [...permitted].some((other) => (categoryTerms.get(other)!.covers & categoryTerms.get(id)!.bit) !== 0n)
  const held = inOrder(categoryTerms.keys(), [
    ...streams.flatMap(({ categories }) => Object.values(categories ?? {})),
    ...rules.flatMap((rule) => rule.categories)
  ])
  const begins = terms.map(({ nbf }) => nbf).filter((nbf) => nbf > 0)
  const ends = terms.map(({ exp }) => exp).filter((exp) => exp < never)
  const term = (id: string) => ({ id, name: termName(id) })
  const licences: Licences = {
    subject: yield* pseudonym(subj),
    state,
    basis: terms.length === 0 ? "none" : granted === undefined ? "asserted" : "granted",
    digest: state === "ACTIVE" ? (granted?.digest ?? null) : null,
    evidence: terms.length === 0 ? null : Math.min(...terms.map(({ evidence }) => evidence)),
    from: begins.length === 0 ? null : day(Math.max(...begins)),
    until: ends.length === 0 ? null : day(Math.min(...ends) - 1),
    purposes: purposes.map(term),
    recipients: recipients.map(term),
    cells,
    categories: held.map((id) => ({ ...term(id), permitted: broader(id) }))
  }
  return { licences, inForce } satisfies ShownLicences as ShownLicences
})

const pseudonym = Effect.fnUntraced(function* (subj: number) {
  const row = yield* (yield* Records).read((db) =>
    db.get<{ pseudonym: string | null }>("select pseudonym from subject where subj = $subj", { subj })
  )
  return row?.pseudonym ?? null
})

/** Those of a list that are wanted, in the order of the list. */
function inOrder(list: Iterable<string>, wanted: ReadonlyArray<string>): ReadonlyArray<string> {
  const asked = new Set(wanted)
  return [...new Set(list)].filter((id) => asked.has(id))
}

const better = (a: LicenceCell, b: LicenceCell): LicenceCell => ({
  ...(rank[b.answer] > rank[a.answer] ? b : a),
  actions: [...new Set([...a.actions, ...b.actions])],
  categories: [...new Set([...a.categories, ...b.categories])]
})
