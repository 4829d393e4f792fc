import { Clock, Context, Effect, FileSystem, Layer, Path } from "effect"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { PersonalCaps } from "#privacy/budget/PersonalCaps.ts"
import type { LedgerEntry } from "#privacy/budget/LedgerEntry.ts"
import type { ReleasedTable } from "#privacy/dp/aggregate/ReleasedTable.ts"
import { chargeOf } from "#privacy/dp/aggregate/chargeOf.ts"
import { Census } from "#privacy/dp/census/Census.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import type { Guard } from "#privacy/consent/guard/Guard.ts"
import type { Uses } from "#privacy/consent/use/Uses.ts"
import { describeRelease } from "#privacy/dp/certificate/describeRelease.ts"
import { signCertificate } from "#privacy/dp/certificate/signCertificate.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import type { NoisyMarginals } from "#privacy/synthesis/manifest/NoisyMarginals.ts"
import { describeSynthetic } from "#privacy/synthesis/release/describeSynthetic.ts"
import type { MakeError, MakeOptions, Released } from "../engine/Makers.ts"
import type { Definitions } from "../engine/Definitions.ts"
import { columnsOf } from "../engine/makeAsset.ts"
import { fenced, wasFenced } from "../engine/holdFence.ts"
import { yieldToFreezes } from "../engine/yieldToFreezes.ts"
import { Connections } from "../sources/Connections.ts"
import { drawAggregate } from "./drawAggregate.ts"
import { drawSynthetic } from "./drawSynthetic.ts"
import { forgetDraw, forgetStaleDraw } from "./forgetStaleDraw.ts"
import { onlyRows } from "./onlyRows.ts"
import { planRelease } from "./planRelease.ts"
import { protectedAsset } from "./protectedAsset.ts"
import type { PlannedRelease } from "./planRelease.ts"
import { actionsOf } from "../guard/actionsOf.ts"
import { guardRelease } from "../guard/guardRelease.ts"
import { termsOf } from "../guard/termsOf.ts"
import { Products } from "./Products.ts"
import { readDrawn } from "./readDrawn.ts"
import type { ReleaseDefinition } from "./ReleaseDefinition.ts"
import { releasedColumns } from "./releasedColumns.ts"
import { shelve } from "./shelve.ts"
import { shelveMarginals } from "./shelveMarginals.ts"
import { staleBelow } from "./staleBelow.ts"

/**
 * Makes releases by the one commit protocol: reserve the charge in the records; draw and write the table in one warehouse transaction;
 * put the file on the shelf; commit charge and version together; drain the log. A process that dies in between leaves an open
 * reservation, and the next run goes on from what stands, under the same charge.
 */
export class Releases extends Context.Service<
  Releases,
  {
    plan(definition: ReleaseDefinition, asOf: string): Effect.Effect<PlannedRelease, MakeError>
    make(product: string, options: MakeOptions): Effect.Effect<Released, MakeError>
  }
>()("pipelines/Releases") {
  static readonly layer = Layer.effect(
    Releases,
    Effect.gen(function* () {
      const services = yield* Effect.context<
        | Budget
        | Connections
        | Consent
        | Definitions
        | Guard
        | Uses
        | Census
        | FileSystem.FileSystem
        | Home
        | Log
        | Noise
        | Path.Path
        | PersonalCaps
        | Products
        | Records
        | Warehouse
      >()
      return Releases.of({
        plan: (definition, asOf) =>
          Effect.provideContext(
            Effect.flatMap(columnsOf(protectedAsset(definition)), (columns) => planRelease(definition, columns, asOf)),
            services
          ),
        make: (product, options) => Effect.provideContext(make(product, options), services)
      })
    })
  )
}

/** Whoever withdraws while a release is made makes it begin again, under the same charge: what was drawn has not left. */
const make = (product: string, options: MakeOptions) =>
  Effect.retry(makeOnce(product, options), { times: 3, while: wasFenced })

const makeOnce = Effect.fn("Releases.make")(function* (product: string, options: MakeOptions) {
  const budget = yield* Budget
  const definition = (yield* (yield* Products).definitions).find((one) => one.product === product)!
  const columns = yield* columnsOf(protectedAsset(definition))
  const planned = yield* planRelease(definition, columns, options.asOf)
  if (planned.stored) return yield* alreadyMade(planned)
  const asset = planned.plan.shape.asset
  const stale = yield* staleBelow(product, options.lineage)
  if (stale !== undefined) return yield* stale
  const { view, permit, overtaken } = yield* guardRelease({
    product,
    asset,
    actions: actionsOf(definition),
    terms: termsOf(definition, planned.plan),
    purpose: definition.purpose,
    recipient: "third-party",
    evidence: 1,
    columns: { of: `release.${product}`, names: releasedColumns(definition.spec) },
    run: options.run
  })
  const judged =
    planned.plan.prediction === undefined ? yield* afterCensus(planned, view, columns, options.asOf) : planned
  const { plan } = judged
  const entry = yield* budget.reserve({
    kind: "release",
    period: planned.period.id,
    planHash: plan.hash,
    purpose: definition.purpose,
    buyer: "public",
    product,
    ...(plan.shape.time === undefined ? {} : { month: planned.period.id }),
    ...chargeOf(plan)
  })
  yield* forgetStaleDraw(entry)
  const { synthesis } = judged
  const { table, bound, marginals } = yield* synthesis === undefined
    ? yieldToFreezes(`release.${product}`, overtaken, drawAggregate(entry, plan, view))
    : yieldToFreezes(
        `release.${product}`,
        overtaken,
        drawSynthetic(entry, judged, synthesis, view, (session) => readDrawn(session, entry.releaseId, plan))
      )
  const publishing = publish({ ...judged, plan: bound }, entry, table, marginals, { ...options, epoch: permit.epoch })
  const listed = yield* Effect.tapError(publishing, (error) =>
    wasFenced(error) ? forgetDraw(entry.releaseId) : Effect.void
  )
  // Another process was first: what it published is the answer, and this draw must not leave.
  if (!listed) return yield* alreadyMade({ ...planned, plan })
  return yield* released(product, entry.releaseId, table.rows, true)
}, Effect.scoped)

/** Nothing is known of the population: a census is drawn first, paid out of this release, and may still find it useless. */
const afterCensus = Effect.fnUntraced(function* (
  planned: PlannedRelease,
  view: ReadonlyArray<string>,
  columns: Parameters<typeof planRelease>[1],
  asOf: string
) {
  const { definition, period, plan } = planned
  const census = yield* Census
  const occasion = { period: period.id, purpose: definition.purpose, buyer: "public", product: definition.product }
  const out = yield* (yield* PersonalCaps).without(plan.noise.chargeUnits)
  yield* onlyRows(`census_${plan.hash.slice(0, 16)}`, view, "true", out, (rows) => census.draw(plan, rows, occasion))
  return yield* planRelease(definition, columns, asOf)
})

/** A month's release holds rows up to its last day. */
const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

const publish = Effect.fnUntraced(function* (
  { definition, plan, period, synthesis }: PlannedRelease,
  entry: LedgerEntry,
  table: ReleasedTable,
  marginals: NoisyMarginals | undefined,
  { asOf, lineage, epoch }: Pick<MakeOptions, "asOf" | "lineage"> & { readonly epoch: number }
) {
  const { releaseId } = entry
  const consent = yield* Consent
  const home = yield* Home
  const records = yield* Records
  const budget = yield* Budget
  const products = yield* Products
  const warehouse = yield* Warehouse
  const at = new Date(yield* Clock.currentTimeMillis).toISOString()
  const { artefact, bytes } = yield* shelve(quoteIdentifier("release", releaseId), releaseId)
  const facts = { releaseId, product: definition.product, period: period.id, issuedAt: at, lineage }
  const body =
    synthesis === undefined || marginals === undefined
      ? describeRelease(plan, facts, table)
      : describeSynthetic(plan, synthesis.request, marginals, table.rows, facts)
  const certificate = signCertificate(body, home)
  if (marginals !== undefined) yield* shelveMarginals(artefact, marginals)
  const list = yield* products.draft({
    definition,
    releaseId,
    period: period.id,
    asOf: [asOf, definition.until ?? asOf, plan.shape.time === undefined ? asOf : dayBefore(period.to)].sort()[0]!,
    at,
    artefact,
    bytes,
    rows: table.rows,
    certificate,
    types: Object.fromEntries(table.columns.map(({ name, type }) => [name, type])),
    table: Object.fromEntries(table.columns.map(({ name, values }) => [name, values]))
  })
  const first = yield* records.write((db) => {
    // The same lock as a revocation's: either it comes first and is seen, or this is published before it.
    if (consent.frozenSince(db, epoch).length > 0) throw fenced(`release.${definition.product}`)
    const committed = budget.commit(db, releaseId, at, { version: artefact, certificate: JSON.stringify(certificate) })
    if (committed) list(db)
    return committed
  })
  yield* (yield* Log).drain
  yield* warehouse.run(
    `create or replace view ${quoteIdentifier("release", definition.product)} as select * from ${quoteIdentifier("release", releaseId)}`
  )
  return first
})

/** The stored version of this plan and period; also mends the view if the process died before it was made. */
const alreadyMade = Effect.fnUntraced(function* ({ definition, plan, period }: PlannedRelease) {
  const warehouse = yield* Warehouse
  const answer = (yield* (yield* Budget).find(plan.hash, period.id))!
  const table = quoteIdentifier("release", answer.releaseId)
  yield* (yield* Log).drain
  yield* warehouse.run(
    `create or replace view ${quoteIdentifier("release", definition.product)} as select * from ${table}`
  )
  const [row] = yield* warehouse.query<{ n: number }>(`select count(*) as n from ${table}`)
  return yield* released(definition.product, answer.releaseId, row!.n, false)
})

const released = Effect.fnUntraced(function* (product: string, releaseId: string, rows: number, drawn: boolean) {
  const home = yield* Home
  const dataVersion = home.hmac("data-version", `release.${product} ${releaseId}`).slice(0, 32)
  return { drawn, dataVersion, rows, notices: [] } satisfies Released as Released
})
