import { Clock, Effect, Result } from "effect"
import { Records } from "#core/records/Records.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { stateInWords } from "#pipelines/engine/stateInWords.ts"
import { Indexes } from "#catalog/index/Indexes.ts"
import { Lifecycle } from "#catalog/life/Lifecycle.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { ProductFiles } from "#catalog/product/ProductFiles.ts"
import type { Overview } from "../../../api/steward/Overview.ts"
import { budgetOf } from "../../view/budgetOf.ts"
import { recentRuns } from "./runViews.ts"
import { serviceViews } from "./serviceViews.ts"

const mostShown = 8
const soonMillis = 30 * 86_400_000

/** What needs a steward, from what the other pages know. */
export const overviewOf = Effect.fn("overviewOf")(function* () {
  const facts = yield* (yield* Engine).facts
  const now = yield* Clock.currentTimeMillis
  const today = new Date(now).toISOString().slice(0, 10)
  const budget = yield* Budget
  const listings = yield* (yield* Catalog).list
  const state = yield* budget.spent
  const count = (wanted: string): number => facts.filter((one) => one.state.state === wanted).length
  const products = yield* Effect.forEach(yield* (yield* ProductFiles).all, ({ declared }) =>
    productOf(
      declared.product,
      declared.title,
      listings.find(({ product }) => product === declared.product),
      now
    )
  )
  const service = yield* serviceViews()
  const said = yield* (yield* Records).read((db) => ({
    revocations: db
      .all<{ operation: string; at: number; epoch: number; settledAt: number | null }>(
        `select operation, at, epoch, settled_at as settledAt from consent_revocation
         where at >= $since order by epoch desc limit 20`,
        { since: Math.floor(now / 1000) - 30 * 86_400 }
      )
      .map(({ operation, at, epoch, settledAt }) => ({
        operation,
        at: new Date(at * 1000).toISOString(),
        epoch,
        settled: settledAt !== null
      })),
    suspended: db.all<{ product: string; since: string }>("select product, since from product_freeze order by product")
  }))
  return {
    assets: { all: facts.length, fresh: count("unchanged"), stale: count("stale"), missing: count("new") },
    stale: facts.flatMap(({ asset, state: own }) =>
      own.state === "stale" ? [{ asset: asset.key, why: stateInWords(own) }] : []
    ),
    failedChecks: facts
      .flatMap(({ asset, checks }) =>
        checks
          .filter(({ passed }) => !passed)
          .map(({ name, severity, failing }) => ({
            asset: asset.key,
            check: name,
            blocking: severity === "block",
            failing
          }))
      )
      .sort((a, b) => Number(b.blocking) - Number(a.blocking) || b.failing - a.failing),
    late: facts.flatMap(({ asset, freshness }) =>
      freshness === undefined || freshness.state === "fresh" ? [] : [{ asset: asset.key, why: freshness.because }]
    ),
    budget: {
      cap: state.cap,
      left: state.left,
      runsOut: budgetOf(state, yield* budget.ledger, listings, today).runsOut
    },
    review: (yield* (yield* Lifecycle).queue).map(({ product, title, waitsFor, requestedBy }) => ({
      product,
      title,
      waitsFor,
      requestedBy
    })),
    epoch: yield* (yield* Consent).epoch,
    ...said,
    runs: (yield* recentRuns()).slice(0, mostShown).map(({ id, selection, startedAt, finishedAt, state: how }) => ({
      id,
      selection,
      startedAt,
      finishedAt,
      state: how
    })),
    service: {
      trials: service.trials.filter(({ state: how }) => how === "open").length,
      webhooks: service.webhooks.length,
      failing: service.webhooks.filter(({ state: how }) => how === "fails").length
    },
    expiring: products.flatMap(({ expiring }) => expiring),
    products
  } satisfies Overview as Overview
})

const productOf = Effect.fnUntraced(function* (
  product: string,
  title: Overview["products"][number]["title"],
  listing: { readonly version: { readonly version: string } } | undefined,
  now: number
) {
  const found = yield* Effect.result((yield* Indexes).index(product, "dcmm-8"))
  const index = Result.isSuccess(found) ? found.success : undefined
  const scored = index === undefined ? [] : [...index.gates, ...index.domains.flatMap(({ items }) => items)]
  const soon = now + soonMillis
  return {
    product,
    title,
    // What the house measures itself is measured anew; what people vouched for needs them again.
    expiring: scored.flatMap(({ name, state, expiresAt, evidence }) =>
      state === "measured" && evidence.some(({ signer }) => signer !== undefined) && Date.parse(expiresAt ?? "") < soon
        ? [{ product, title, item: name, until: expiresAt! }]
        : []
    ),
    version: listing?.version.version ?? null,
    index: index?.index ?? null,
    gates: index === undefined ? [] : index.gates.filter(({ passed }) => !passed).map(({ id }) => id)
  }
})
