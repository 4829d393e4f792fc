import { DateTime, Effect } from "effect"
import { Budget } from "#privacy/budget/Budget.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { forecast } from "#pricing/dynamics/forecast.ts"
import type { IndexEvidence } from "#pricing/index/IndexEvidence.ts"
import { timeliness } from "#pricing/ttl/timeliness.ts"
import { Drills } from "#catalog/backup/Drills.ts"
import { attacksUnder } from "#catalog/index/attacksUnder.ts"
import { Lifecycle } from "#catalog/life/Lifecycle.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { Listing } from "#catalog/product/Catalog.ts"
import type { Label } from "../../../api/Label.ts"
import type { Risk } from "../../../api/executive/Risk.ts"
import { budgetOf } from "../../view/budgetOf.ts"
import { freshnessOf } from "../../view/freshnessOf.ts"
import { permissionOf } from "../steward/permissionOf.ts"
import type { priceAttacks } from "./priceAttacks.ts"

const target = 85
const aheadDays = 90

/** What could stop sales. */
export const riskOf = Effect.fn("riskOf")(function* (attacks: ReturnType<typeof priceAttacks>) {
  const asOf = DateTime.formatIso(yield* DateTime.now)
  const [catalog, life, budget] = [yield* Catalog, yield* Lifecycle, yield* Budget]
  const listings = yield* catalog.all
  const waiting = new Map((yield* life.queue).map((item) => [item.product, item]))
  const paid = (yield* (yield* Orders).list()).filter(({ paidAt }) => paidAt !== null)
  const products = yield* Effect.forEach(listings, (listing) =>
    Effect.gen(function* () {
      const { product, version, price, timeliness } = listing
      const { index } = yield* life.assess(product)
      const item = index.domains.flatMap(({ items }) => items).find(({ id }) => id === "attack_results")
      const [evidence] = item?.evidence ?? []
      return {
        id: product,
        title: version.offering.title,
        version: version.version,
        state: (yield* life.of(product)).state,
        currency: price.currency,
        list: price.minor,
        realised: paid.reduce(
          (sum, order) =>
            order.product === product && order.price.currency === price.currency ? sum + order.price.minor : sum,
          0
        ),
        index: index.index,
        target,
        timeliness,
        later: laterOf(listing),
        nextUpdate: freshnessOf(listing).nextUpdate,
        gates: index.gates
          .filter(({ passed }) => !passed)
          .map(({ id, name, state, next }) => ({ id, name, state, next })),
        missing: waiting.get(product)?.missing ?? [],
        priceAttack: yield* attacks(listing),
        privacyAttack:
          item === undefined || evidence === undefined
            ? null
            : {
                score: item.score,
                least: attacksUnder,
                note: attackNote(evidence),
                when: evidence.when,
                isDemo: evidence.isDemo === true
              }
      }
    })
  )
  const { cap, left, runsOut } = budgetOf(
    yield* budget.spent,
    yield* budget.ledger,
    yield* catalog.list,
    asOf.slice(0, 10)
  )
  const facts = yield* (yield* Engine).facts
  const results = facts.flatMap(({ checks }) => checks)
  const failing = results.filter(({ passed }) => !passed)
  const { coverage } = yield* permissionOf()
  const [drill] = yield* (yield* Drills).list
  return {
    asOf,
    budget: { cap, left, leftShare: cap.rho === 0 ? 0 : left.rho / cap.rho, runsOut },
    drill: drill === undefined ? null : { at: drill.at, sound: drill.sound },
    checks: {
      assets: facts.length,
      covered: facts.filter(({ checks }) => checks.length > 0).length,
      checks: results.length,
      failing: failing.length,
      blocking: failing.filter(({ severity }) => severity === "block").length
    },
    consent: coverage.purposes.map((purpose, i) => {
      const known = (coverage.shares[i] ?? []).filter((share) => share !== null)
      return known.length === 0
        ? { purpose, least: null, most: null }
        : { purpose, least: Math.min(...known), most: Math.max(...known) }
    }),
    products
  } satisfies Risk as Risk
})

/** What a listing is worth in three months if no new version comes. */
function laterOf({ inputs, at, version, ageDays }: Listing): { timeliness: number; list: number } {
  const { halfLife, grace, archival } = version.policy
  const decay = { halfLifeDays: halfLife.value, graceDays: grace.value, archival: archival.value }
  return {
    timeliness: 100 * timeliness(ageDays + aheadDays, decay),
    list: forecast(inputs, at.slice(0, 10), { days: aheadDays }).at(-1)!.fen
  }
}

/** What a certificate proves is said in both languages; a person's own note stands as it was written. */
function attackNote({ note, value }: IndexEvidence): Label {
  if (!value.where.startsWith("certificate:")) return { zh: note, en: note }
  return { zh: `由其证书证明：任何攻击判断某人是否在其中的优势都不超过 ${(1 - value.value).toFixed(3)}`, en: note }
}
