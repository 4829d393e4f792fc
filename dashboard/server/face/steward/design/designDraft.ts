import { DateTime, Effect, Result } from "effect"
import { stringify } from "yaml"
import { BadInput } from "#core/BadInput.ts"
import { Refused } from "#core/Refused.ts"
import { Records } from "#core/records/Records.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { decodeInput } from "#pricing/evidence/decodeInput.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { readScenario } from "#pricing/scenario/readScenario.ts"
import { indexVersion } from "#catalog/index/indexVersion.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { Listing } from "#catalog/product/Catalog.ts"
import { ProductFile } from "#catalog/product/ProductFile.ts"
import { ProductFiles } from "#catalog/product/ProductFiles.ts"
import { mvdsOfDraft } from "#catalog/scenario/mvdsOfDraft.ts"
import type { Design } from "../../../../api/steward/Design.ts"
import type { Refusal } from "../../../../api/steward/Refusal.ts"
import { tradabilityParts } from "../tradabilityParts.ts"
import { draftedVersion } from "./draftedVersion.ts"
import { planDraft } from "./planDraft.ts"
import type { DraftPlan } from "./planDraft.ts"
import { priceDraft } from "./priceDraft.ts"

/** The median relative error above which a release is refused. */
const worstError = 0.3

/**
 * Answers for an edited product file what it would give: errors, loss, what is left, smallest dataset, price and index. Everything is
 * reckoned from the file, public knowledge and figures that were paid for; the ledger is only read.
 */
export const designDraft = Effect.fn("designDraft")(function* (draft: unknown) {
  const at = DateTime.formatIso(yield* DateTime.now)
  const file = yield* reckon(() => decodeInput(ProductFile, draft, "draft"))
  const listing = yield* listedAs(file.product)
  const own = yield* planDraft(file, yield* statementOf(file), at.slice(0, 10))
  const state = yield* (yield* Budget).spent
  const { plan, planned } = own
  const rho = plan === undefined ? 0 : rhoUnits.toRho(plan.noise.chargeUnits)
  const asks = planned?.stored === true ? 0 : rho
  const mvds = yield* smallest(file, at)
  const cells = plan?.prediction?.cells ?? 1
  const price = yield* Effect.result(
    reckon(() => priceDraft(file, { rho: Math.max(rho, 1e-9), cells, bits: mvds?.bits.high ?? 1 }, listing, at))
  )
  const index = yield* indexOf(file, own, { rho, asks, listing, at })
  return {
    product: file.product,
    yaml: stringify(file, { lineWidth: 100 }),
    period: planned?.period.id ?? null,
    stored: planned?.stored ?? false,
    refusals: [own.refusal, Result.isFailure(price) ? price.failure : undefined].flatMap(refusalOf),
    release: releaseOf(own, rho),
    curve: {
      measures: plan?.shape.measures.map(({ name }) => name) ?? [],
      points: own.curve,
      worst: worstError
    },
    budget: {
      cap: state.cap,
      left: state.left,
      asks: plan === undefined ? null : asks,
      runsOut: planned?.cap.runsOut ?? null,
      lastsLongEnough: planned?.cap.lastsLongEnough ?? null
    },
    mvds,
    price: Result.isSuccess(price) ? price.success : null,
    index
  } satisfies Design as Design
})

const refusalOf = (error: BadInput | Refused | undefined): ReadonlyArray<Refusal> =>
  error === undefined
    ? []
    : [{ code: error.code, message: error.message, fix: error.fix, field: error.where?.field ?? "" }]

/** The listing of a product, if it has one. */
const listedAs = Effect.fnUntraced(function* (product: string) {
  const found = yield* Effect.result((yield* Catalog).show(product))
  return Result.isSuccess(found) ? found.success : undefined
})

/** The SQL of a product that brings its own; it is edited beside the file, not here. */
const statementOf = Effect.fnUntraced(function* ({ product, sql, from }: ProductFile) {
  if (sql === undefined && from !== undefined) return undefined
  const known = (yield* (yield* ProductFiles).all).find(({ declared }) => declared.product === product)
  if (known?.sql !== undefined && sql !== undefined && from === undefined) return known.sql
  return yield* new BadInput({
    code: "product.from",
    message: "A draft names the asset that it is made from.",
    fix: "Choose an asset. A statement of your own is written beside the product file and taken up at the terminal.",
    where: { field: "from" }
  })
})

function releaseOf({ plan, info, released, worst }: DraftPlan, rho: number): Design["release"] {
  if (plan === undefined) return null
  const { shape, noise, prediction } = plan
  return {
    loss: { rho, epsilon: shape.epsilon, delta: shape.delta },
    basis: {
      from: released === undefined ? "prior" : "last release",
      release: released?.release ?? null,
      population: info?.source ?? prediction?.source ?? "unknown",
      subjects: info?.subjects ?? prediction?.subjects ?? null
    },
    cells: prediction?.cells ?? null,
    keptKeys: prediction?.keptKeys ?? null,
    measures: (prediction?.measures ?? []).map(({ name, absoluteError, medianRelativeError, standIn }, i) => {
      const [measure, own] = [shape.measures[i], noise.measures[i]]
      const plain = measure?.statistic === undefined && own !== undefined
      return {
        name,
        absolute: standIn === true || !Number.isFinite(absoluteError) ? null : absoluteError,
        relative: Math.min(medianRelativeError, 1e6),
        halfWidth95: plain && standIn !== true ? own.halfWidth * measure!.step : null,
        rho: own === undefined ? rho : rhoUnits.toRho(own.rhoUnits)
      }
    }),
    worst
  }
}

/** The smallest dataset for the scenario that the draft states; null for rows, where nothing is traded against noise. */
const smallest = Effect.fnUntraced(function* (file: ProductFile, at: string) {
  if (file.release.kind !== "dp_aggregate") return null
  const { purpose, required, optional } = file.scenario
  const scenario = yield* reckon(() =>
    readScenario({ scenario: file.product, purpose, required, ...(optional === undefined ? {} : { optional }) })
  )
  const found = yield* mvdsOfDraft(scenario, file, at)
  return {
    reached: found.reached,
    fit: found.fit.fit.value,
    threshold: scenario.threshold,
    bits: found.bits,
    missing: [...found.fit.missing, ...found.fit.forbidden],
    steps: found.steps,
    further: found.further
  } satisfies NonNullable<Design["mvds"]> as NonNullable<Design["mvds"]>
})

const indexOf = Effect.fnUntraced(function* (
  file: ProductFile,
  own: DraftPlan,
  {
    rho,
    asks,
    listing,
    at
  }: { readonly rho: number; readonly asks: number; readonly listing: Listing | undefined; readonly at: string }
) {
  const { left, cap } = yield* (yield* Budget).spent
  const version = yield* Effect.result(reckon(() => draftedVersion(file, own, rho, listing, at)))
  if (Result.isFailure(version)) return null
  const leftShare = cap.rho === 0 ? 0 : Math.min(1, Math.max(0, (left.rho - asks) / cap.rho))
  const index = yield* (yield* Records).read((db) =>
    indexVersion(db, version.success, { leftShare, onShelf: listing !== undefined }, "dcmm-8", at)
  )
  return tradabilityParts(index)
})
