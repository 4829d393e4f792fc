import { rhoUnits } from "../accounting/rhoUnits.ts"
import type { AggregatePlan, PlannedKey } from "../aggregate/AggregatePlan.ts"
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

/** The 95 % point of a normal law over its mean absolute value. */
const EXPECTED_TO_95 = 1.96 / Math.sqrt(2 / Math.PI)

const asDrawn =
  "Figures are published as drawn: they may be negative or not whole sums of each other, and are unbiased by rounding."
const fitted =
  "Figures were fitted, after noise, to noisy totals of coarser groupings: non-negative whole numbers whose sums are the totals."
const chosen = "Only the rows with the largest released figures are published."
const statements = [
  "The interval of a figure speaks of its noise; what clamping and the bound on groups per subject cut off is not in it.",
  "Rows without a subject, without a key, or with a key outside of its public list are not in the release.",
  "Values that are null, NaN or infinite are left out of sums before clamping.",
  "Lineage across this release is by asset; no figure can be traced to records."
]

/**
 * Writes down everything a buyer may know about a release, from its plan alone.
 * @throws RangeError for a plan without prediction: it cannot have been run
 */
export function describeRelease(plan: AggregatePlan, facts: ReleaseFacts): CertificateBody {
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
    unit: { subject: "subject_id", neighbours: "one subject with all of its rows added or removed" },
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
      return {
        name: measure.name,
        kind: measure.kind,
        ...(measure.column === undefined ? {} : { column: measure.column }),
        ...(measure.statistic === undefined ? {} : { statistic: measure.statistic.kind }),
        ...(measure.currency === undefined ? {} : { currency: measure.currency }),
        lower: measure.lower * measure.step,
        upper: measure.upper * measure.step,
        step: measure.step,
        sensitivitySquared: String(BigInt(shape.l0) * BigInt(measure.linf) ** 2n),
        rho: rhoUnits.toRho(own.rhoUnits),
        variance: toNumber(own.variance) * measure.step ** 2,
        expectedError: predicted.absoluteError,
        // A mean's, variance's or quantile's error depends on the size of its group: of a typical one.
        halfWidth95:
          measure.statistic === undefined ? own.halfWidth * measure.step : EXPECTED_TO_95 * predicted.absoluteError,
        predictedMedianRelativeError: predicted.medianRelativeError
      }
    }),
    prediction: { from: prediction.source, subjects: prediction.subjects },
    statements: [
      shape.levels === undefined ? asDrawn : fitted,
      ...(shape.top === undefined ? [] : [chosen]),
      ...statements
    ]
  }
}

const toNumber = (variance: Rational): number => Number(variance.num) / Number(variance.den)

function expressionOf({ source }: PlannedKey): string {
  if (source.call === undefined) return source.column
  const { name, argument } = source.call
  if (argument === "") return `${name}(${source.column})`
  return /^\d/.test(argument) ? `${name}(${source.column}, ${argument})` : `${name}('${argument}', ${source.column})`
}
