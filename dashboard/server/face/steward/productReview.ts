import { DateTime, Effect, Result } from "effect"
import { Records } from "#core/records/Records.ts"
import type { Db } from "#core/records/Records.ts"
import { recordableItems } from "#catalog/index/recordableItems.ts"
import { Lifecycle } from "#catalog/life/Lifecycle.ts"
import type { Assessment, ProductLife, ReviewItem } from "#catalog/life/ProductLife.ts"
import { entitledOrders } from "#catalog/notice/entitledOrders.ts"
import type { ProductReview } from "../../../api/steward/ProductReview.ts"
import { assessedOf } from "./assessedOf.ts"
import { requireProduct } from "./requireProduct.ts"

interface EvidenceRow {
  readonly id: string
  readonly item: string
  readonly value: number
  readonly note: string
  readonly signer: string
  readonly at: string
  readonly expiresAt: string
  readonly withdrawnAt: string | null
  readonly isDemo: number
  readonly name: string | null
  readonly digest: string | null
}

type Move = ProductReview["moves"][number]

/** One product with everything that a decision on it rests on. */
export const productReview = Effect.fn("productReview")(function* (product: string, me: string) {
  const lifecycle = yield* Lifecycle
  const records = yield* Records
  yield* requireProduct(product)
  const life = yield* lifecycle.of(product)
  const item = (yield* lifecycle.queue).find((one) => one.product === product)
  const assessed = yield* Effect.result(lifecycle.assess(product))
  // A product without anything to sell is shown with what it has.
  const assessment = item?.assessment ?? (Result.isSuccess(assessed) ? assessed.success : undefined)
  const at = DateTime.formatIso(yield* DateTime.now)
  const kept = yield* records.read((db) => ({
    entitled: entitledOrders(db, product, at).length,
    evidence: evidenceOf(db, product, at)
  }))
  const listed = (yield* lifecycle.list).filter((one) => one.state === "listed" && one.product !== product)
  return {
    me,
    product,
    title: life.title,
    owner: life.owner,
    state: life.state,
    since: life.since,
    contract: life.contract,
    registration: life.registration,
    listing: life.listing,
    endsOn: life.endsOn,
    successor: life.successor,
    waitsFor: item?.waitsFor ?? life.waitsFor,
    requestedBy: life.requestedBy,
    moves: movesOf(life, item, assessment !== undefined),
    entitled: kept.entitled,
    successors: listed.map((one) => ({ product: one.product, title: one.title })),
    assessment: assessment === undefined ? null : assessedOf(assessment),
    expected: item?.expected ?? null,
    missing: item?.missing ?? [],
    recordable: recordableOf(assessment),
    evidence: kept.evidence,
    transitions: life.transitions.map(({ from, to, by, requestedBy, reason, at: when, evidence }) => ({
      from,
      to,
      by,
      requestedBy,
      reason,
      at: when,
      evidence
    }))
  } satisfies ProductReview as ProductReview
})

/** What the state of a product leaves to decide. */
function movesOf(
  { state, waitsFor, requestedBy }: ProductLife,
  item: ReviewItem | undefined,
  hasVersion: boolean
): ReadonlyArray<Move> {
  const asked: ReadonlyArray<Move> = ["approve", "reject"]
  switch (state) {
    case "draft":
      return hasVersion ? ["submit", "retire"] : ["retire"]
    case "assessed":
      return ["approve", "register", "reject", "retire"]
    case "registered":
      return [...asked, "retire"]
    case "listed":
      return [
        ...(item?.waitsFor !== "version" ? [] : requestedBy === null ? (["submit"] as const) : asked),
        "suspend",
        "deprecate"
      ]
    case "suspended":
      return [...(waitsFor === "resume" ? asked : hasVersion ? (["submit"] as const) : []), "deprecate", "retire"]
    case "deprecated":
      return ["retire"]
    case "retired":
      return []
  }
}

/** Decisions put approvals on record themselves. */
function recordableOf(assessment: Assessment | undefined): ProductReview["recordable"] {
  if (assessment === undefined) return []
  const { gates, domains } = assessment.index
  return [
    ...gates.map(({ id, name }) => ({ id, name, isGate: true })),
    ...domains.flatMap(({ items }) => items.map(({ id, name }) => ({ id, name, isGate: false })))
  ].filter(({ id }) => recordableItems.has(id) && id !== "approvals")
}

/** Everything that people put on record for a product, the newest first, with whether it still counts. */
function evidenceOf(db: Db, product: string, now: string): ProductReview["evidence"] {
  const rows = db.all<EvidenceRow & object>(
    `select e.id, e.item, e.value, e.note, e.signer, e.at, e.expires_at as expiresAt, e.withdrawn_at as withdrawnAt,
       e.is_demo as isDemo, f.name, f.digest
     from index_evidence e left join evidence_attachment a on a.evidence = e.id left join evidence_file f on f.digest = a.digest
     where e.product = $product order by e.at desc, e.id desc limit 200`,
    { product }
  )
  const newer = new Set<string>()
  return rows.map(({ name, digest, withdrawnAt, isDemo, ...row }) => {
    const counts = withdrawnAt === null && row.expiresAt > now
    const own = row.item === "approvals" ? `${row.item} ${row.signer}` : row.item
    const state =
      withdrawnAt !== null ? "withdrawn" : row.expiresAt <= now ? "ran out" : newer.has(own) ? "replaced" : "holds"
    if (counts) newer.add(own)
    return { ...row, state, isDemo: isDemo === 1, file: name === null ? null : { name, digest: digest! } } as const
  })
}
