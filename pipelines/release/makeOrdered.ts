import { Clock, Effect } from "effect"
import { Home } from "#core/home/Home.ts"
import { newId } from "#core/ids/newId.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { chargeOf } from "#privacy/dp/aggregate/chargeOf.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import { Census } from "#privacy/dp/census/Census.ts"
import { describeRelease } from "#privacy/dp/certificate/describeRelease.ts"
import { signCertificate } from "#privacy/dp/certificate/signCertificate.ts"
import { reach } from "../engine/AssetGraph.ts"
import { columnsOf } from "../engine/makeAsset.ts"
import { fenced, wasFenced } from "../engine/holdFence.ts"
import { lookAround } from "../engine/lookAround.ts"
import { guardRelease } from "../guard/guardRelease.ts"
import { termsOf } from "../guard/termsOf.ts"
import { drawAggregate } from "./drawAggregate.ts"
import { forgetDraw, forgetStaleDraw } from "./forgetStaleDraw.ts"
import { OrderedReleases } from "./OrderedReleases.ts"
import type { OrderedRelease } from "./OrderedReleases.ts"
import { Products } from "./Products.ts"
import { protectedAsset } from "./protectedAsset.ts"
import { releasedColumns } from "./releasedColumns.ts"
import { shelve } from "./shelve.ts"
import { staleBelow } from "./staleBelow.ts"
import { tableFactsOf } from "./tableFactsOf.ts"

/**
 * Makes a more accurate release for an order, by the same commit protocol as any release: the charge comes out of what the order holds, the
 * draw is under that charge, and charge and artefact are committed together. It is no version of its own: the product's version, its price
 * and its next release stay as they are.
 *
 * It is refused where it would not be the version's own question asked more precisely: the product file asks for something else by now, or
 * the version is of an older period than the records.
 */
export const makeOrdered = (ordered: OrderedRelease) => Effect.retry(makeOnce(ordered), { times: 3, while: wasFenced })

const makeOnce = Effect.fn("makeOrdered")(function* (ordered: OrderedRelease) {
  const { product, order, buyer, purpose, period } = ordered
  const budget = yield* Budget
  const definition = (yield* (yield* Products).definitions).find((one) => one.product === product)
  if (definition === undefined) return yield* changed(ordered)
  const asset = protectedAsset(definition)
  const table = yield* tableFactsOf(definition, yield* columnsOf(asset))
  const own = yield* planAggregate(definition.spec, table)
  if (own.hash !== ordered.plan) return yield* changed(ordered)
  const spec = { ...definition.spec, epsilon: ordered.epsilon }
  const blind = yield* planAggregate(spec, table)
  const census = blind.prediction === undefined ? yield* (yield* Census).find(blind, period) : undefined
  const plan = census === undefined ? blind : yield* planAggregate(spec, table, census)
  const { graph } = yield* lookAround()
  const lineage = [...reach([asset], (one) => graph.byKey.get(one)?.deps ?? [])]
  const stale = yield* staleBelow(product, lineage)
  if (stale !== undefined) return yield* stale
  const { view, permit } = yield* guardRelease({
    product,
    asset,
    actions: ["aggregate", "sell"],
    terms: termsOf({ terms: definition.terms, spec }, plan),
    purpose,
    recipient: "third-party",
    evidence: 1,
    columns: { of: `release.${product}`, names: releasedColumns(definition.spec) },
    run: newId("run")
  })
  const entry = yield* budget.reserve({
    kind: "release",
    period,
    planHash: plan.hash,
    purpose,
    buyer,
    product,
    hold: order,
    ...chargeOf(plan)
  })
  yield* forgetStaleDraw(entry)
  const { table: drawn, bound } = yield* drawAggregate(entry, plan, view)
  const { releaseId } = entry
  const at = new Date(yield* Clock.currentTimeMillis).toISOString()
  const { artefact } = yield* shelve(quoteIdentifier("release", releaseId), releaseId)
  const facts = { releaseId, product, period, issuedAt: at, lineage }
  const certificate = signCertificate(describeRelease(bound, facts, drawn), yield* Home)
  const consent = yield* Consent
  const ports = yield* OrderedReleases
  const publishing = (yield* Records).write((db) => {
    // The same lock as a revocation's: either it comes first and is seen, or this is published before it.
    if (consent.frozenSince(db, permit.epoch).length > 0) throw fenced(`release.${product}`)
    const answer = { version: artefact, certificate: JSON.stringify(certificate) }
    if (budget.commit(db, releaseId, at, answer)) {
      ports.shelved(db, ordered, { releaseId, artefact, certificate, at })
    }
  })
  yield* Effect.tapError(publishing, (error) => (wasFenced(error) ? forgetDraw(releaseId) : Effect.void))
  yield* (yield* Log).drain
  return { order, product, offer: ordered.offer, release: releaseId }
}, Effect.scoped)

const changed = ({ product, order }: OrderedRelease): Refused =>
  new Refused({
    code: "accuracy.changed",
    message: `The more accurate release of ${product} for the order ${order} was not made: its product file no longer asks what the version was made by.`,
    fix: "Put the release back as it was and run again, or give the money back: assay refund ORDER --reason TEXT.",
    where: { field: "release" }
  })
