import { Effect, Result } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import type { Refused } from "#core/Refused.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { AggregatePlan } from "#privacy/dp/aggregate/AggregatePlan.ts"
import { cellErrors } from "#privacy/dp/aggregate/cellErrors.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import { predictError } from "#privacy/dp/aggregate/predictError.ts"
import type { PublicInfo } from "#privacy/dp/aggregate/PublicInfo.ts"
import type { ReleasedFigures } from "#privacy/dp/aggregate/ReleasedFigures.ts"
import { Census } from "#privacy/dp/census/Census.ts"
import { outlineOf } from "#privacy/synthesis/release/outlineOf.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import type { AssetColumn } from "#pipelines/engine/Engine.ts"
import { lastFigures } from "#pipelines/release/lastFigures.ts"
import { planRelease } from "#pipelines/release/planRelease.ts"
import { protectedAsset } from "#pipelines/release/protectedAsset.ts"
import type { PlannedRelease } from "#pipelines/release/planRelease.ts"
import type { ReleaseDefinition } from "#pipelines/release/ReleaseDefinition.ts"
import { readDays } from "#pricing/ttl/readDays.ts"
import type { ProductFile } from "#catalog/product/ProductFile.ts"
import { seenHere } from "../../../view/seenHere.ts"
import { errorCurve } from "./errorCurve.ts"
import type { ErrorPoint } from "./errorCurve.ts"

/** What would be released of a draft, as far as public and paid information tells. */
export interface DraftPlan {
  /** There also where a rule refuses the release, as long as its shape can be told. */
  readonly plan: AggregatePlan | undefined
  readonly info: PublicInfo | undefined
  readonly released: ReleasedFigures | undefined
  readonly planned: PlannedRelease | undefined
  readonly refusal: BadInput | Refused | undefined
  readonly curve: ReadonlyArray<ErrorPoint>
  readonly worst: ReadonlyArray<{
    readonly keys: Readonly<Record<string, string>>
    readonly errors: Readonly<Record<string, { readonly absolute: number; readonly relative: number }>>
  }>
}

/** Cells that a page shows; the plan at the terminal has all. */
const mostCells = 60

/** Plans a draft by the rules that its release would be held to. No row is read, nothing is drawn and nothing charged. */
export const planDraft = Effect.fn("planDraft")(function* (file: ProductFile, sql: string | undefined, asOf: string) {
  const definition = definitionOf(file, sql)
  if (definition === undefined) return none satisfies DraftPlan as DraftPlan
  const asset = protectedAsset(definition)
  const seen = yield* seenHere()
  // To whoever may not hear of a column there is none: the rules then refuse it in the words for one that never was.
  const columns = (yield* (yield* Engine).columns(asset)).filter(({ name }) => seen.names(asset, name))
  const checked = yield* Effect.result(planRelease(definition, columns, asOf))
  const planned = Result.isSuccess(checked) ? checked.success : undefined
  const refusal =
    Result.isFailure(checked) && (checked.failure._tag === "BadInput" || checked.failure._tag === "Refused")
      ? checked.failure
      : undefined
  if (Result.isFailure(checked) && refusal === undefined) return yield* Effect.fail(checked.failure)
  const blank = { ...none, planned, refusal, plan: planned?.plan }
  if (file.release.kind !== "dp_aggregate") return blank satisfies DraftPlan as DraftPlan

  const { population } = file.release
  const plan = planned?.plan ?? (yield* formOf(file.release, definition, columns))
  if (plan === undefined) return blank satisfies DraftPlan as DraftPlan
  const period = planned?.period.id ?? ""
  const released = yield* lastFigures(file.product, plan.shape)
  const paid = yield* (yield* Census).find(plan, period)
  const subjects = population?.subjects ?? paid?.subjects
  const source = population?.subjects === undefined ? (paid?.source ?? "paid") : "declared"
  if (subjects === undefined && released === undefined) return { ...blank, plan } satisfies DraftPlan as DraftPlan
  const info: PublicInfo = {
    subjects: subjects ?? Math.max(1, released!.cells),
    source,
    ...(population?.groups === undefined ? {} : { groups: population.groups }),
    censusUnits: plan.noise.censusUnits,
    ...(released === undefined ? {} : { released })
  }
  return {
    ...blank,
    plan: { ...plan, prediction: predictError(plan.shape, plan.noise, info) },
    info,
    released,
    curve: errorCurve(plan.shape, info),
    worst: released === undefined ? [] : worstCells(plan, info, released)
  } satisfies DraftPlan as DraftPlan
})

/** Without what is known of the population a plan is judged by its form alone, so a useless one can still be looked at. */
const formOf = Effect.fnUntraced(function* (
  spec: ReleaseSpec,
  definition: ReleaseDefinition,
  columns: ReadonlyArray<AssetColumn>
) {
  const table = { asset: protectedAsset(definition), columns, ...statementOf(definition) }
  const shaped = yield* Effect.result(planAggregate({ ...spec, population: {} }, table))
  return Result.isSuccess(shaped) ? shaped.success : undefined
})

const none: DraftPlan = {
  plan: undefined,
  info: undefined,
  released: undefined,
  planned: undefined,
  refusal: undefined,
  curve: [],
  worst: []
}

const statementOf = ({ statement }: ReleaseDefinition) => (statement === undefined ? {} : { statement })

/** What a draft would ask of the engine; consented rows are planned by their licences, not by a loss. */
function definitionOf(file: ProductFile, sql: string | undefined): ReleaseDefinition | undefined {
  const { product, title, owner, scenario, release, terms } = file
  if (release.kind === "consented") return undefined
  return {
    product,
    title,
    owner,
    purpose: scenario.purpose,
    terms: { territory: terms.territory, onward: terms.onward },
    from: file.from ?? { sql: sql ?? "" },
    statement: sql === undefined ? undefined : sha256Hex(sql),
    until: scenario.until,
    everyDays: readDays(scenario.freshness ?? "") ?? 31,
    ...(release.kind === "synthetic" ? { spec: outlineOf(release), synthetic: release } : { spec: release })
  }
}

function worstCells({ shape, noise }: AggregatePlan, info: PublicInfo, released: ReleasedFigures): DraftPlan["worst"] {
  const errors = cellErrors(shape, noise, info.subjects, released)
  const largest = (cell: number): number => Math.max(...errors.map(({ relative }) => relative[cell]!))
  return Array.from({ length: released.cells }, (_, cell) => cell)
    .sort((a, b) => largest(b) - largest(a))
    .slice(0, mostCells)
    .map((cell) => ({
      keys: Object.fromEntries(Object.entries(released.keys).map(([name, values]) => [name, String(values[cell])])),
      errors: Object.fromEntries(
        errors.map(({ name, absolute, relative }) => [name, { absolute: absolute[cell]!, relative: relative[cell]! }])
      )
    }))
}
