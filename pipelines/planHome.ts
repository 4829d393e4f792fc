import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Refused } from "#core/Refused.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import type { Prediction } from "#privacy/dp/aggregate/AggregatePlan.ts"
import { reach } from "./engine/AssetGraph.ts"
import { lookAround } from "./engine/lookAround.ts"
import { bindMade } from "./lineage/bindMade.ts"
import type { AssetPlan } from "./plan/AssetPlan.ts"
import { planAssets } from "./plan/planAssets.ts"
import { Impact } from "./release/Impact.ts"
import type { ProductImpact } from "./release/Impact.ts"
import { planConsented } from "./release/planConsented.ts"
import { planRelease } from "./release/planRelease.ts"
import { protectedAsset } from "./release/protectedAsset.ts"
import { licenceGaps } from "./release/licenceGaps.ts"
import { Products } from "./release/Products.ts"
import { Connections } from "./sources/Connections.ts"
import type { ReleaseDefinition } from "./release/ReleaseDefinition.ts"

/** What a run would do with one release, from public and paid information only. */
export type ReleaseOutlook =
  | { readonly product: string; readonly state: "waits"; readonly for: string }
  | { readonly product: string; readonly state: "refused"; readonly refusal: BadInput | Refused }
  | {
      readonly product: string
      /** Rows that their subjects let go: none is drawn, and nothing is charged. */
      readonly state: "consented"
      readonly recipient: string
      /** Last day, ISO, until which a licence must let a row be used. */
      readonly until: string
    }
  | {
      readonly product: string
      /** `stored`: given again, nothing drawn, nothing charged · `draw`: drawn and charged */
      readonly state: "stored" | "draw"
      readonly period: string
      /** What it charges now; 0 when stored. */
      readonly rho: number
      readonly epsilon: number
      readonly delta: number
      /** Absent: nothing is known of the population; a census comes first, out of the same rho. */
      readonly prediction: Prediction | undefined
      /** ISO day on which the cap runs out at the pace of all products. */
      readonly runsOut: string | undefined
    }

export interface HomePlan {
  readonly assets: ReadonlyArray<AssetPlan>
  readonly releases: ReadonlyArray<ReleaseOutlook>
  /** What the products concerned are listed at now, and would be after their release. */
  readonly impact: ReadonlyArray<{ readonly product: string } & ProductImpact>
  /** What the declared licences leave open, by product; empty where nothing is. */
  readonly licences: ReadonlyArray<{ readonly product: string; readonly gaps: ReadonlyArray<string> }>
}

/** Says what a run would make and why, and what each release would cost and be worth. Nothing is read from rows and nothing charged. */
export const planHome = Effect.fn("planHome")(function* (asOf: string) {
  const products = yield* Products
  const around = yield* lookAround(asOf)
  const { graph, made } = around
  const { bound, known } = yield* bindMade(graph.order, (key) => made.get(key))
  const definitions = yield* products.definitions
  const releases = yield* Effect.forEach(definitions, (definition) =>
    outlook(definition, asOf, (key) => Effect.succeed(known.get(key) ?? bound.get(key)?.columns ?? []))
  )
  const rows = yield* Effect.forEach(yield* products.consented, (definition) =>
    Effect.map(planConsented(definition, bound), (refusal): ReleaseOutlook => {
      const { product, spec } = definition
      return refusal === undefined
        ? { product, state: "consented", recipient: spec.recipient, until: spec.until }
        : { product, state: "refused", refusal }
    })
  )
  const connected = yield* (yield* Connections).all
  const licences = definitions.map((definition) => {
    const lineage = reach([protectedAsset(definition)], (key) => graph.byKey.get(key)?.deps ?? [])
    return { product: definition.product, gaps: licenceGaps(definition, lineage, connected, asOf) }
  })
  const impacts = yield* Impact
  const impact = yield* Effect.forEach(releases, ({ product }) =>
    Effect.map(impacts.of(product), (found) => (found === undefined ? [] : [{ product, ...found }]))
  )
  const assets = yield* planAssets(around, bound, known)
  return {
    assets,
    releases: [...releases, ...rows],
    impact: impact.flat(),
    licences
  } satisfies HomePlan as HomePlan
})

const outlook = Effect.fnUntraced(function* <E, R>(
  definition: ReleaseDefinition,
  asOf: string,
  find: (key: string) => Effect.Effect<ReadonlyArray<{ readonly name: string; readonly type: string }>, E, R>
) {
  const { product, spec } = definition
  const key = protectedAsset(definition)
  const columns = yield* find(key)
  if (columns.length === 0) return { product, state: "waits", for: key } satisfies ReleaseOutlook as ReleaseOutlook
  const planned = yield* Effect.result(planRelease(definition, columns, asOf))
  if (planned._tag === "Failure") {
    const error = planned.failure
    if (error instanceof Refused || error instanceof BadInput) {
      return { product, state: "refused", refusal: error } satisfies ReleaseOutlook as ReleaseOutlook
    }
    return yield* Effect.fail(error)
  }
  const { plan, stored, period, cap } = planned.success
  return {
    product,
    state: stored ? "stored" : "draw",
    period: period.id,
    rho: stored ? 0 : rhoUnits.toRho(plan.noise.chargeUnits),
    epsilon: spec.epsilon,
    delta: spec.delta,
    prediction: plan.prediction,
    runsOut: cap.runsOut
  } satisfies ReleaseOutlook as ReleaseOutlook
})
