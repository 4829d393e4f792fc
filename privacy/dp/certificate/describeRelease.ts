import { rhoUnits } from "../accounting/rhoUnits.ts"
import { zcdpEpsilon } from "../accounting/zcdpEpsilon.ts"
import type { AggregatePlan, PlannedKey, PlannedMeasure } from "../aggregate/AggregatePlan.ts"
import { publishedGroups } from "../aggregate/publishedGroups.ts"
import type { ReleasedTable } from "../aggregate/ReleasedTable.ts"
import type { Rational } from "../sampler/Rational.ts"
import type { CertificateBody } from "./Certificate.ts"

export interface ReleaseFacts {
  readonly releaseId: string
  readonly product: string
  readonly period: string
  /** ISO instant */
  readonly issuedAt: string
  /** keys of the assets the release was made from, direct and indirect */
  readonly lineage: ReadonlyArray<string>
}

/** The mean absolute value of a normal law, and its 95 % point over that. */
const MEAN_OF_NORMAL = Math.sqrt(2 / Math.PI)
const EXPECTED_TO_95 = 1.96 / MEAN_OF_NORMAL

const asDrawn =
  "Figures are published as drawn: they may be negative or not whole sums of each other, and are unbiased by rounding."
const fitted =
  "Figures were fitted, after noise, to noisy totals of coarser groupings: non-negative whole numbers whose sums are the totals."
const monthly =
  "What is protected is one subject's rows of one calendar month. Each closed month is released once, from its own rows alone; a subject that was there in several months has lost the sum of theirs."
const personal =
  "A subject that has set a cap of its own is left out once this release would pass it; how many were is not said."
const chosen = "Only the rows with the largest released figures are published."
const peeled =
  "Only cells that private choices found to be among the largest are published; which of them came first is not said."
const found =
  "Bounds that are not public were found by a noisy histogram of powers of two, each subject counted once, before anything else."
const statements = [
  "The interval of a figure speaks of its noise; what clamping and the bound on groups per subject cut off is not in it.",
  "Rows without a subject, without a key, or with a key outside of its public list are not in the release.",
  "Values that are null, NaN or infinite are left out of sums before clamping.",
  personal,
  "Lineage across this release is by asset; no figure can be traced to records."
]

/**
 * Writes down everything a buyer may know about a release, from its plan and the widths of its intervals.
 * @param table  what was released, for the intervals that differ by cell
 * @throws RangeError for a plan without prediction: it cannot have been run
 */
export function describeRelease(plan: AggregatePlan, facts: ReleaseFacts, table?: ReleasedTable): CertificateBody {
  const { shape, noise, prediction } = plan
  if (prediction === undefined) throw new RangeError("a release without a prediction was never run")
  const selectionDelta = noise.selection?.delta ?? 0
  return {
    format: "assay-certificate/1",
    release: facts.releaseId,
    product: facts.product,
    period: facts.period,
    issuedAt: facts.issuedAt,
    plan: plan.hash,
    lineage: { level: "asset", assets: [...new Set([shape.asset, ...facts.lineage])].sort() },
    unit: unitOf(plan, selectionDelta),
    bounds: { groupsPerSubject: shape.l0, smallestGroup: noise.selection === undefined ? 0 : shape.minSubjects },
    mechanism: shape.measures.some(({ statistic }) => statistic?.kind === "quantile")
      ? "integer totals with discrete Gaussian noise and quantiles by the exponential mechanism, exact samplers; loss in zCDP"
      : "integer totals with discrete Gaussian noise, exact sampler (arXiv 2004.00010); loss in zCDP",
    loss: {
      rho: rhoUnits.toRho(noise.chargeUnits),
      epsilon: shape.epsilon,
      delta: shape.delta / 2 + selectionDelta,
      conversionDelta: shape.delta / 2,
      selectionDelta
    },
    keys: shape.keys.map((key) => ({
      name: key.name,
      from: expressionOf(key),
      rule: key.domain === undefined ? "selected" : key.domain.kind === "list" ? "public list" : "public range",
      ...(key.domain === undefined ? {} : { values: key.domain.values.length })
    })),
    ...(noise.peel === undefined
      ? {}
      : {
          peel: {
            by: shape.top!.by,
            k: shape.top!.k,
            rho: rhoUnits.toRho(noise.peel.rhoUnits),
            epsilonPerChoice: toNumber(noise.peel.epsilon)
          }
        }),
    ...(noise.selection === undefined
      ? {}
      : {
          selection: {
            rho: rhoUnits.toRho(noise.selection.rhoUnits),
            variance: toNumber(noise.selection.variance),
            threshold: noise.selection.tau + shape.minSubjects - 1
          }
        }),
    ...(noise.censusUnits === 0n
      ? {}
      : {
          census: {
            rho: rhoUnits.toRho(noise.censusUnits),
            statement: "A noisy count of the subjects was drawn first, to judge the release, and paid out of its rho."
          }
        }),
    measures: shape.measures.map((measure, i) => {
      const own = noise.measures[i]!
      const predicted = prediction.measures[i]!
      const alike = measure.statistic === undefined || measure.statistic.kind === "bands"
      const unit = measure.statistic?.kind === "bands" ? 1 : measure.step
      const widths = table?.columns.find(({ name }) => name === measure.name)?.halfWidths
      return {
        name: measure.name,
        kind: measure.kind,
        ...(measure.column === undefined ? {} : { column: measure.column }),
        ...statisticOf(measure),
        ...(measure.currency === undefined || measure.statistic?.kind === "bands"
          ? {}
          : { currency: measure.currency }),
        ...(measure.range === undefined
          ? {}
          : {
              boundsFound: {
                lower: measure.range.lower,
                upper: measure.range.upper,
                rho: rhoUnits.toRho(own.range?.rhoUnits ?? 0n)
              }
            }),
        lower: measure.lower * measure.step,
        upper: measure.upper * measure.step,
        step: measure.step,
        sensitivitySquared: String(BigInt(publishedGroups(shape)) * BigInt(measure.linf) ** 2n),
        rho: rhoUnits.toRho(own.rhoUnits),
        // The error of a mean, variance or quantile depends on the size of its group: that of a typical one is given.
        variance: alike ? toNumber(own.variance) * unit ** 2 : (predicted.absoluteError / MEAN_OF_NORMAL) ** 2,
        expectedError: predicted.absoluteError,
        halfWidth95: alike ? own.halfWidth * unit : EXPECTED_TO_95 * predicted.absoluteError,
        ...(alike || widths === undefined ? {} : { halfWidths95: widths }),
        predictedMedianRelativeError: predicted.medianRelativeError
      }
    }),
    prediction: { from: prediction.source, subjects: prediction.subjects },
    statements: [
      ...(shape.time === undefined ? [] : [monthly]),
      shape.levels === undefined ? asDrawn : fitted,
      ...(shape.top === undefined ? [] : [shape.top.peel === true ? peeled : chosen]),
      ...(shape.measures.some(({ range }) => range !== undefined) ? [found] : []),
      ...statements
    ]
  }
}

const toNumber = (variance: Rational): number => Number(variance.num) / Number(variance.den)

/** A month's release reads that month alone, so the losses of a subject that was there in k of them add up: k rho. */
function unitOf({ shape, noise }: AggregatePlan, selectionDelta: number): CertificateBody["unit"] {
  if (shape.time === undefined)
    return { subject: "subject_id", neighbours: "one subject with all of its rows added or removed" }
  const delta = shape.delta / 2
  const over = [1, 12, 24].map((months) => {
    const rho = rhoUnits.toRho(noise.chargeUnits) * months
    return { months, rho, epsilon: zcdpEpsilon(rho, delta), delta: delta + months * selectionDelta }
  })
  return {
    subject: "subject_month",
    neighbours: "all rows of one subject in one calendar month added or removed",
    time: shape.time.column,
    over
  }
}

function statisticOf({ statistic, lower, upper, step }: PlannedMeasure): object {
  if (statistic === undefined) return {}
  if (statistic.kind === "quantile") return { statistic: statistic.kind, share: statistic.over / statistic.under }
  if (statistic.kind !== "bands") return { statistic: statistic.kind }
  const { kind, place, width } = statistic
  const edge = (at: number): number => Math.min(upper, lower + at * width) * step
  const above = place === 0 ? null : edge(place - 1)
  // What lies beyond the upper bound is clamped to it, so the band that holds it has no end.
  return { statistic: kind, band: { above, upTo: edge(place) === upper * step ? null : edge(place) } }
}

function expressionOf({ source }: PlannedKey): string {
  if (source.call === undefined) return source.column
  const { name, argument } = source.call
  if (argument === "") return `${name}(${source.column})`
  return /^\d/.test(argument) ? `${name}(${source.column}, ${argument})` : `${name}('${argument}', ${source.column})`
}
