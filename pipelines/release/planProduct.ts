import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import type { Refused } from "#core/Refused.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { cellErrors } from "#privacy/dp/aggregate/cellErrors.ts"
import { epsilonForError } from "#privacy/dp/aggregate/epsilonForError.ts"
import { predictError } from "#privacy/dp/aggregate/predictError.ts"
import type { PublicInfo } from "#privacy/dp/aggregate/PublicInfo.ts"
import { reach } from "../engine/AssetGraph.ts"
import { lookAround } from "../engine/lookAround.ts"
import { bindMade } from "../lineage/bindMade.ts"
import { lastFigures } from "./lastFigures.ts"
import { planRelease } from "./planRelease.ts"
import { protectedAsset } from "./protectedAsset.ts"
import { Products } from "./Products.ts"
import { staleSnapshot } from "./staleBelow.ts"

/** What a release of one product would give for its epsilon, and what epsilon a wanted error needs. Nothing is drawn, nothing charged. */
export interface ProductPlan {
  readonly product: string
  readonly state: "stored" | "draw"
  readonly period: string
  readonly rho: number
  readonly epsilon: number
  readonly delta: number
  /** What the errors are predicted from: the cells of the last release, or the stated prior. */
  readonly basis: { readonly from: "last release"; readonly release: string } | { readonly from: "prior" }
  readonly measures: ReadonlyArray<{
    readonly name: string
    readonly absoluteError: number
    readonly medianRelativeError: number
    /** its bounds are yet to be found, so the absolute error is not known */
    readonly standIn?: true
  }>
  /** Each cell of the last release with its expected errors; empty where there is none. */
  readonly cells: ReadonlyArray<{
    readonly keys: Readonly<Record<string, unknown>>
    readonly errors: Readonly<Record<string, { readonly absolute: number; readonly relative: number }>>
  }>
  /** The smallest epsilon that gives the wanted error; null if none up to 20 does, absent if none was wanted. */
  readonly epsilonNeeded?: number | null
  readonly runsOut: string | null
  /** Why a run of this release alone would be refused. */
  readonly stale?: Refused
}

/**
 * Plans one product as if it were run by itself, from public and paid information only.
 *
 * @param error  the wanted median relative error, such as 0.05
 */
export const planProduct = Effect.fn("planProduct")(function* (product: string, asOf: string, error?: number) {
  const definitions = yield* (yield* Products).definitions
  const definition = definitions.find((one) => one.product === product)
  if (definition === undefined) {
    return yield* new BadInput({
      code: "product.unknown",
      message: `There is no product ${product.slice(0, 60)}.`,
      fix: `Name one of ${definitions.map((one) => one.product).join(", ") || "those that assay product draft takes up"}.`
    })
  }
  const { graph, made, states } = yield* lookAround(asOf)
  const { bound, known } = yield* bindMade(graph.order, (key) => made.get(key))
  const key = protectedAsset(definition)
  const { plan, period, stored, cap } = yield* planRelease(
    definition,
    known.get(key) ?? bound.get(key)?.columns ?? [],
    asOf
  )
  const { shape, noise, prediction } = plan
  const released = yield* lastFigures(product, shape)
  if (prediction === undefined && released === undefined) {
    return yield* new BadInput({
      code: "release.population",
      message: `Nothing public or paid says how many subjects ${product} has, so no error can be predicted before its census.`,
      fix: "Add population: { subjects: N } from what is publicly known, or run it once.",
      where: { asset: key, field: "release.population" }
    })
  }
  const { groups } = definition.spec.population ?? {}
  const info: PublicInfo = {
    subjects: prediction?.subjects ?? Math.max(1, released!.cells),
    source: prediction?.source ?? "paid",
    ...(groups === undefined ? {} : { groups }),
    censusUnits: noise.censusUnits,
    ...(released === undefined ? {} : { released })
  }
  const needed = error === undefined ? undefined : epsilonForError(shape, info, error)
  const errors = released === undefined ? [] : cellErrors(shape, noise, info.subjects, released)
  const below = [...reach([key], (one) => graph.byKey.get(one)?.deps ?? [])]
  const stale = below.flatMap((one) => {
    const state = states.get(one)
    return state?.state === "stale" ? [{ one, input: state.inputs[0] ?? one }] : []
  })
  return {
    product,
    state: stored ? "stored" : "draw",
    period: period.id,
    rho: stored ? 0 : rhoUnits.toRho(noise.chargeUnits),
    epsilon: shape.epsilon,
    delta: shape.delta,
    basis: released === undefined ? { from: "prior" } : { from: "last release", release: released.release },
    measures: predictError(shape, noise, info).measures,
    cells: Array.from({ length: released?.cells ?? 0 }, (_, row) => ({
      keys: Object.fromEntries(Object.entries(released!.keys).map(([name, values]) => [name, values[row]])),
      errors: Object.fromEntries(
        errors.map(({ name, absolute, relative }) => [name, { absolute: absolute[row]!, relative: relative[row]! }])
      )
    })),
    ...(error === undefined ? {} : { epsilonNeeded: needed ?? null }),
    runsOut: cap.runsOut ?? null,
    ...(stale[0] === undefined || stored ? {} : { stale: staleSnapshot(product, stale[0].one, stale[0].input) })
  } satisfies ProductPlan as ProductPlan
})
