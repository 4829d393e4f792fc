import type { Evidence } from "../evidence/Evidence.ts"
import { derivedNumber } from "../evidence/derivedNumber.ts"
import { publicNumber } from "../evidence/publicNumber.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import { jensenShannon } from "./jensenShannon.ts"
import { matchField } from "./matchField.ts"
import type { FieldMatch, OfferedColumn } from "./matchField.ts"

/** What a version offers to a scenario; every number of it released or public. */
export interface Offered {
  readonly columns: ReadonlyArray<OfferedColumn>
  /** Purposes that the terms allow. */
  readonly purposes: ReadonlyArray<string>
  /** Rows or subjects by value, for the columns that tell strata apart. */
  readonly strata: Readonly<Record<string, ReadonlyArray<{ readonly value: string; readonly size: Evidence }>>>
  /** Quality by dimension, 0 to 1. */
  readonly quality: Readonly<Record<string, Evidence>>
}

/** How well a version fits a scenario, and why. */
export interface FitScore {
  /** 0 to 100. */
  readonly fit: Evidence
  /** Whether every mandatory field is met by 0.7 and every purpose is allowed. */
  readonly gate: boolean
  readonly schema: number
  readonly population: number
  readonly quality: number
  readonly fields: ReadonlyArray<FieldMatch>
  /** Mandatory fields that are missing and purposes that are not allowed. */
  readonly missing: ReadonlyArray<string>
  readonly forbidden: ReadonlyArray<string>
  /** The dimension that decides quality; undefined where none was asked for. */
  readonly weakest: string | undefined
}

const mandatoryMatch = 0.7
const leastQuality = 0.05

/**
 * Scores how well an offer fits a scenario: gate x 100 x Sch^0.4 x Pop^0.3 x Qual^0.3. It ranks and explains; a price never rises with
 * what one buyer declares.
 *
 * What a scenario does not ask for counts as met; a quality dimension that was asked for and never measured counts 0.05, the least.
 *
 * @param when  ISO instant
 * @source      pricing.md, Fit
 */
export function fit(scenario: Scenario, offered: Offered, when: string): FitScore {
  const required = scenario.required.map((wanted) => matchField(wanted, offered.columns))
  const optional = scenario.optional.map((wanted) => matchField(wanted, offered.columns))
  const fields = [...required, ...optional]
  const missing = required.filter(({ score }) => score < mandatoryMatch).map(({ field }) => field)
  const forbidden = scenario.purposes.filter((purpose) => !offered.purposes.includes(purpose))
  const gate = missing.length === 0 && forbidden.length === 0

  const weights = fields.reduce((sum, { weight }) => sum + weight, 0)
  const schema = fields.reduce((sum, { weight, score }) => sum + weight * score, 0) / weights
  const [population, sizes] = populationMatch(scenario, offered)
  const [quality, weakest] = qualityMatch(scenario, offered)
  const value = gate ? 100 * schema ** 0.4 * population ** 0.3 * quality ** 0.3 : 0
  const declared = publicNumber(0, "", `scenario:${scenario.scenario}`, when)
  return {
    fit: derivedNumber(value, "score", `fit:${scenario.scenario}`, when, [
      declared,
      ...sizes,
      ...Object.values(offered.quality)
    ]),
    gate,
    schema,
    population,
    quality,
    fields,
    missing,
    forbidden,
    weakest
  }
}

/** |release in target| / |target| x (1 - sqrt(JS)); without a known size of the target, the share of it that the release reaches. */
function populationMatch({ population }: Scenario, { strata }: Offered): [number, ReadonlyArray<Evidence>] {
  if (population === undefined) return [1, []]
  const found = strata[population.column]
  if (found === undefined) return [0, []]
  const target = Object.entries(population.shares)
  const sizeOf = (value: string): number => Math.max(0, found.find((one) => one.value === value)?.size.value ?? 0)
  const sizes = target.map(([value]) => sizeOf(value))
  const inTarget = sizes.reduce((sum, size) => sum + size, 0)
  const reached = target.reduce((sum, [, share], i) => sum + (sizes[i]! > 0 ? share : 0), 0)
  const cover = population.size === undefined ? reached : Math.min(1, inTarget / population.size)
  const divergence = jensenShannon(
    sizes.map((size) => (inTarget === 0 ? 0 : size / inTarget)),
    target.map(([, share]) => share)
  )
  return [cover * (1 - Math.sqrt(divergence)), found.map(({ size }) => size)]
}

function qualityMatch({ quality }: Scenario, offered: Offered): [number, string | undefined] {
  let worst: [number, string | undefined] = [1, undefined]
  for (const [dimension, { min, goal }] of Object.entries(quality)) {
    const measured = offered.quality[dimension]?.value ?? 0
    const score = Math.min(1, Math.max(leastQuality, (measured - min) / (goal - min)))
    if (worst[1] === undefined || score < worst[0]) worst = [score, dimension]
  }
  return worst
}
