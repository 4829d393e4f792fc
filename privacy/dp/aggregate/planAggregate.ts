import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Refused } from "#core/Refused.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import type { AggregatePlan, AggregateShape, PlannedMeasure } from "./AggregatePlan.ts"
import { judgeUsefulness } from "./judgeUsefulness.ts"
import { planKeys } from "./planKeys.ts"
import { planLevels } from "./planLevels.ts"
import { planMeasures } from "./planMeasures.ts"
import { planNoise } from "./planNoise.ts"
import { planUnit } from "./planUnit.ts"
import type { PublicInfo } from "./PublicInfo.ts"
import type { TableFacts } from "./TableFacts.ts"

/** Fewer subjects than this behind a selected key are never published, whatever the noise says. */
const MIN_SUBJECTS = 5
/** Version of the mechanism; part of the plan hash, so that a changed mechanism never returns an older answer. */
const MECHANISM = "dp_aggregate/1"

/**
 * Validates a `dp_aggregate` release against the public facts about its table, derives sensitivities, the split of its
 * loss, noise, threshold and hash, and refuses what cannot be bounded or would be useless.
 *
 * Without public knowledge of the population (neither given nor declared in the file) the plan carries no prediction:
 * a census is due before it may run.
 * @param info  paid figures; what the release file declares comes first
 */
export const planAggregate = Effect.fn("planAggregate")(function* (
  spec: ReleaseSpec,
  table: TableFacts,
  info?: PublicInfo
): Effect.fn.Return<AggregatePlan, BadInput | Refused> {
  const shape = yield* planShape(spec, table)
  const hash = sha256Hex(canonicalJson({ mechanism: MECHANISM, statement: table.statement, ...shape }))
  const stray = Object.keys(spec.population?.groups ?? {}).find((name) => !shape.keys.some((key) => key.name === name))
  if (stray !== undefined) return yield* strayGroup(shape, stray)
  const known = knownOf(spec, info)
  if (known !== undefined) yield* checkPopulation(shape, known)
  const noise = planNoise(shape, spec.epsilon, known?.censusUnits ?? 0n)
  if (noise === undefined)
    return yield* useless(shape, "the noise would be larger than any number that can be published", [])
  if (known === undefined) return { hash, shape, noise }
  const judged = judgeUsefulness(shape, known)
  if (!judged.useful) return yield* useless(shape, judged.reason, judged.wouldDo)
  return { hash, shape, noise, prediction: judged.prediction }
})

/** What the file declares comes first; a declared number of groups goes with a paid number of subjects too. */
function knownOf({ population = {} }: ReleaseSpec, info: PublicInfo | undefined): PublicInfo | undefined {
  const { subjects, groups } = population
  const rest = groups === undefined ? {} : { groups }
  if (subjects !== undefined) return { subjects, source: "declared", ...rest }
  return info === undefined ? undefined : { ...info, ...rest }
}

const planShape = Effect.fnUntraced(function* (
  spec: ReleaseSpec,
  table: TableFacts
): Effect.fn.Return<AggregateShape, BadInput | Refused> {
  const time = yield* planUnit(spec, table)
  if (!table.columns.some((column) => column.name === "subject_id")) {
    return yield* new Refused({
      code: "release.unit",
      message: "A release protects subjects, and its table has no column subject_id that says whose each row is.",
      fix: "Release from an asset that carries subject_id.",
      where: { asset: table.asset, field: "release.unit" }
    })
  }
  const keys = yield* planKeys(spec, table)
  const l0 = spec.bounds?.groups_per_subject
  if (l0 === undefined && keys.length > 0) {
    return yield* new Refused({
      code: "release.unbounded",
      message: "Nothing says in how many groups one subject may count, so no noise could hide one.",
      fix: "Set bounds.groups_per_subject from what is publicly known.",
      where: { asset: table.asset, field: "release.bounds.groups_per_subject" }
    })
  }
  const measures = yield* planMeasures(spec, table, keys)
  const levels = yield* planLevels(spec, table, keys, measures)
  return {
    asset: table.asset,
    keys,
    measures,
    l0: keys.length === 0 ? 1 : l0!,
    ...(time === undefined ? {} : { time }),
    minSubjects: spec.bounds?.min_subjects ?? MIN_SUBJECTS,
    epsilon: spec.epsilon,
    delta: spec.delta,
    ...(spec.top === undefined ? {} : { top: topOf(spec.top) }),
    ...(levels === undefined ? {} : { levels })
  }
})

const topOf = ({ by, k, peel }: NonNullable<ReleaseSpec["top"]>) => ({ by, k, ...(peel === true ? { peel } : {}) })

/** No sum may pass the exact integers, and delta must not allow publishing one subject in the clear. */
const checkPopulation = Effect.fnUntraced(function* (
  shape: AggregateShape,
  info: PublicInfo
): Effect.fn.Return<void, Refused> {
  const reach = ({ linf, statistic }: PlannedMeasure): number => (statistic?.kind === "variance" ? linf ** 2 : linf)
  // Bounds that are yet to be found will be held within what fits.
  const known = shape.measures.filter(({ range }) => range === undefined)
  const largest = known.reduce<PlannedMeasure | undefined>(
    (a, b) => (a !== undefined && reach(a) >= reach(b) ? a : b),
    undefined
  )
  if (largest !== undefined && info.subjects * reach(largest) > 2 ** 52) {
    return yield* new Refused({
      code: "release.overflow",
      message: `The sum ${largest.name} over all subjects could pass 2^52 steps.`,
      fix: "Lower its bounds, or give it a larger step.",
      where: { asset: shape.asset, field: `release.measures.${largest.name}` }
    })
  }
  if (shape.delta * info.subjects > 1) {
    return yield* new Refused({
      code: "release.delta",
      message: `With delta ${shape.delta} and about ${info.subjects} subjects the guarantee would allow one of them to be published.`,
      fix: `Use a delta well below 1/${info.subjects}, such as 1e-6 or less.`,
      where: { asset: shape.asset, field: "release.delta" }
    })
  }
})

const strayGroup = (shape: AggregateShape, name: string): BadInput =>
  new BadInput({
    code: "release.population",
    message: `population.groups speaks of ${name}, which is not a key of the release.`,
    fix: `Name one of ${shape.keys.map((key) => key.name).join(", ") || "the keys in `by`"}, or leave it out.`,
    where: { asset: shape.asset, field: `release.population.groups.${name}` }
  })

const useless = (shape: AggregateShape, reason: string, wouldDo: ReadonlyArray<string>): Refused =>
  new Refused({
    code: "release.useless",
    message: `At epsilon ${shape.epsilon} this release would be useless: ${reason}.`,
    fix:
      wouldDo.length === 0
        ? "Neither a larger epsilon nor more subjects alone would do: use far coarser keys or fewer measures."
        : `It would do with ${wouldDo.join(", or with ")}.`,
    where: { asset: shape.asset, field: "release.epsilon" }
  })
