import { daysBetween } from "#core/time/daysBetween.ts"
import type { RowGroup } from "../depth/rowMeasure.ts"
import { rowMeasure } from "../depth/rowMeasure.ts"
import { derivedNumber } from "../evidence/derivedNumber.ts"
import { publicNumber } from "../evidence/publicNumber.ts"
import type { PriceInputs } from "../price/PriceInputs.ts"
import type { Decay } from "../ttl/timeliness.ts"
import type { AgedRows, PricePolicy, QuoteInputs } from "./QuoteInputs.ts"

/** The inputs of the price function at one moment, and the row groups with their age that mu was summed from. */
export interface PriceInputsAt {
  readonly inputs: PriceInputs
  readonly groups: ReadonlyArray<RowGroup>
  readonly decay: Decay
}

/**
 * Works out what the price function reads from what is stored, at an instant. Ages are whole UTC days, so that the same artefact has
 * one list price all day; rows dated in the future count as new.
 *
 * @param at  ISO instant
 */
export function priceInputsAt({ policy, demand, reference, artefact }: QuoteInputs, at: string): PriceInputsAt {
  const decay = decayOf(policy)
  const groups = artefact.rows.map((rows) => groupAt(rows, at))
  const sources = groups.flatMap((group) => [group.rows, group.weight, group.ageDays])
  const mu = derivedNumber(rowMeasure(groups, decay), "row", "formula:mu", at, [
    ...sources,
    policy.halfLife,
    policy.grace,
    policy.archival
  ])
  return {
    inputs: {
      base: policy.base,
      floor: policy.floor,
      demand,
      beta: policy.beta,
      r0: policy.r0,
      reference,
      artefact: { bits: artefact.bits, mu, rho: artefact.rho }
    },
    groups,
    decay
  }
}

const decayOf = ({ halfLife, grace, archival }: PricePolicy): Decay => ({
  halfLifeDays: halfLife.value,
  graceDays: grace.value,
  archival: archival.value
})

function groupAt({ rows, weight, asOf }: AgedRows, at: string): RowGroup {
  const days = Math.max(0, daysBetween(asOf, at.slice(0, 10)))
  return { rows, weight, ageDays: publicNumber(days, "day", "calendar", at) }
}
