import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import { grantsOf } from "#privacy/consent/grant/licencesInForce.ts"
import { termName } from "#privacy/consent/registry/termName.ts"
import type { RevocationDocument } from "#privacy/consent/revocation/Receipt.ts"
import type { UseDocument } from "#privacy/consent/use/UseDocument.ts"
import { Uses } from "#privacy/consent/use/Uses.ts"
import { odrlView } from "#privacy/consent/view/odrlView.ts"
import { receiptView } from "#privacy/consent/view/receiptView.ts"
import { recallsOf } from "#catalog/recall/recallsOf.ts"
import type { CustomerReceipts } from "../../../api/customer/CustomerReceipts.ts"
import type { CustomerUses } from "../../../api/customer/CustomerUses.ts"
import type { GrantForm } from "../../../api/customer/GrantForm.ts"
import { productTitles } from "./productTitles.ts"

const mostReleases = 40

/** A subject's uses, or one operation, with their proofs and the names to show them by. */
export const customerUses = Effect.fn("customerUses")(function* (subj: number, operation: string | undefined) {
  const uses = yield* Uses
  const bundle = yield* operation === undefined ? uses.of(subj) : uses.one(subj, operation)
  const said = bundle.uses.map(({ document }) => JSON.parse(document) as UseDocument)
  const titles = yield* productTitles
  const ids = new Set(said.flatMap(({ asset, purpose, recipient }) => [asset, purpose, recipient]))
  const releases = yield* (yield* Records).read((db) =>
    db.all<{ operation: string; at: number; asset: string }>(
      `select u.operation, u.at, o.asset from consent_use u join consent_operation o on o.id = u.operation
       where o.asset like 'release.%' order by u.at desc, u.rowid desc limit ${mostReleases}`
    )
  )
  for (const { asset } of releases) ids.add(asset)
  const names = [...ids].sort().map((id) => ({ id, name: titles.get(id) ?? termName(id) }))
  return { bundle, names, releases } satisfies CustomerUses as CustomerUses
})

interface RevocationRow {
  readonly operation: string
  readonly document: string
  readonly settled_at: number | null
}

/** Grants, revocations with their proofs, and what was called back from whom. */
export const customerReceipts = Effect.fn("customerReceipts")(function* (subj: number) {
  const log = yield* Log
  const bundle = yield* (yield* Uses).of(subj)
  const { grants, revocations } = yield* (yield* Records).read((db) => ({
    grants: grantsOf(db, subj),
    revocations: db.all<RevocationRow>(
      "select operation, document, settled_at from consent_revocation where subj = $subj and document <> '' order by epoch",
      { subj }
    )
  }))
  const { size, root } = yield* log.drain
  const proven: Array<CustomerReceipts["revocations"][number]> = []
  for (const { operation, document, settled_at: settledAt } of revocations) {
    const { index, proof } = yield* log.prove(operation, "witnessed")
    const { epoch, at, frozen } = JSON.parse(document) as RevocationDocument
    proven.push({ index, epoch, root, size, operation, at, frozen, document, proof, settledAt })
  }
  const own = new Set(bundle.uses.map(({ document }) => (JSON.parse(document) as UseDocument).asset))
  const titles = yield* productTitles
  const recalls = (yield* (yield* Records).read((db) => recallsOf(db))).filter(({ product }) =>
    own.has(`release.${product}`)
  )
  return {
    grants: grants.map(({ digest, seq, state, terms, acceptedAt }) => ({
      digest,
      seq,
      state,
      acceptedAt,
      evidence: terms.evidence,
      from: terms.nbf,
      until: terms.exp
    })),
    revocations: proven,
    recalls: recalls.map(({ product, version, buyer, at, attestedAt }) => ({
      product,
      title: titles.get(`release.${product}`) ?? termName(product),
      version,
      buyer,
      at,
      attestedAt
    })),
    salt: bundle.salt,
    key: bundle.key
  } satisfies CustomerReceipts as CustomerReceipts
})

/** One of a subject's own grants; another's is as unknown as one that never was. */
export const customerGrant = Effect.fn("customerGrant")(function* (subj: number, digest: string, format: GrantForm) {
  const held = yield* (yield* Records).read((db) => ({
    one: grantsOf(db, subj).find((grant) => grant.digest === digest),
    kept: db.get<{ token: string; assertion: string | null }>(
      "select token, assertion from consent_grant where digest = $digest and subj = $subj",
      { digest, subj }
    )
  }))
  if (held.one === undefined || held.kept === undefined) {
    return yield* new BadInput({
      code: "grant.unknown",
      message: "There is no such grant of yours.",
      fix: "Choose one from the list of your receipts."
    })
  }
  const { grant, acceptedAt } = held.one
  if (format === "token") {
    const { token, assertion } = held.kept
    return assertion === null ? { token } : { token, assertion: JSON.parse(assertion) as object }
  }
  return format === "odrl" ? odrlView(grant, digest) : receiptView(grant, digest, acceptedAt)
})
