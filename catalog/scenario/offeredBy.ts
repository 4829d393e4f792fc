import { daysBetween } from "#core/time/daysBetween.ts"
import type { Evidence } from "#pricing/evidence/Evidence.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { releasedNumber } from "#pricing/evidence/releasedNumber.ts"
import type { Offered } from "#pricing/fit/fit.ts"
import type { Scenario } from "#pricing/scenario/Scenario.ts"
import { readDays } from "#pricing/ttl/readDays.ts"
import { timeliness } from "#pricing/ttl/timeliness.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"

/**
 * What a version offers to a scenario: columns, allowed purposes, strata, and quality by dimension: accuracy (1 less the worst predicted
 * median relative error), timeliness T, and how far history and freshness reach what is asked for. What was not measured is absent.
 *
 * @param at  ISO instant
 */
export function offeredBy(version: ProductVersion, scenario: Scenario, at: string): Offered {
  const { product, release, columns, offering, strata, policy, asOf, listedAt } = version
  const age = Math.max(0, daysBetween(asOf, at.slice(0, 10)))
  const decay = { halfLifeDays: policy.halfLife.value, graceDays: policy.grace.value, archival: policy.archival.value }
  const quality: Record<string, Evidence> = {
    timeliness: publicNumber(timeliness(age, decay), "share", `product:${product}#timeliness`, at)
  }
  const errors = predictedErrors(version)
  if (errors.length > 0) {
    const accuracy = Math.max(0, 1 - Math.max(...errors))
    quality["accuracy"] = releasedNumber(accuracy, "share", `certificate:${release}#measures`, listedAt, release)
  }
  const reaches = (dimension: "history" | "freshness", share: number): void => {
    quality[dimension] = publicNumber(Math.min(1, share), "share", `product:${product}#scenario.${dimension}`, listedAt)
  }
  const history = readDays(offering.scenario.history ?? "")
  if (history !== undefined && scenario.historyDays !== undefined) reaches("history", history / scenario.historyDays)
  const freshness = readDays(offering.scenario.freshness ?? "")
  if (freshness !== undefined && scenario.freshnessDays !== undefined)
    reaches("freshness", scenario.freshnessDays / freshness)
  return {
    columns: columns.map(({ name }) => ({ name })),
    purposes: offering.terms.purposes,
    strata: strata ?? {},
    quality
  }
}

/** A scenario that asks for history or freshness asks for them as qualities, as good as asked for at 1. */
export function askingForTime(scenario: Scenario): Scenario {
  const asked = (days: number | undefined, name: string) => (days === undefined ? {} : { [name]: { min: 0, goal: 1 } })
  return {
    ...scenario,
    quality: {
      ...asked(scenario.historyDays, "history"),
      ...asked(scenario.freshnessDays, "freshness"),
      ...scenario.quality
    }
  }
}

export interface CertifiedMeasure {
  readonly name: string
  readonly rho: number
  readonly halfWidth95: number
  readonly predictedMedianRelativeError: number
}

/** The measures of a version as its certificate has them. */
export const certifiedMeasures = ({
  certificate
}: Pick<ProductVersion, "certificate">): ReadonlyArray<CertifiedMeasure> =>
  (certificate as { measures?: ReadonlyArray<CertifiedMeasure> }).measures ?? []

const predictedErrors = (version: ProductVersion): ReadonlyArray<number> =>
  certifiedMeasures(version).flatMap(({ predictedMedianRelativeError: error }) =>
    Number.isFinite(error) ? [error] : []
  )
