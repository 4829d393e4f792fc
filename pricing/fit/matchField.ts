import concepts from "./concepts.json" with { type: "json" }
import type { WantedField } from "../scenario/Scenario.ts"

/** A column of an offer, as the dictionary has it. */
export interface OfferedColumn {
  readonly name: string
  /** Such as `month` or `state`; absent where none was declared. */
  readonly grain?: string
}

/** How one wanted field is met. */
export interface FieldMatch {
  readonly field: string
  readonly weight: number
  /** The column that meets it best; null where none does. */
  readonly column: string | null
  readonly how: "exact" | "convertible" | "proxy" | "none"
  readonly score: number
}

const scores = { exact: 1, convertible: 0.8, proxy: 0.4, none: 0 } as const
type How = FieldMatch["how"]

/**
 * Finds the column that meets a wanted field best: the same concept 1, one it can be computed from 0.8, a stand-in 0.4, nothing 0. A
 * finer grain can be summed up to the wanted one (0.8), a coarser one only stands in for it (0.4).
 *
 * @source  pricing.md, Fit; the relations of concepts are data in concepts.json
 */
export function matchField(wanted: WantedField, columns: ReadonlyArray<OfferedColumn>): FieldMatch {
  let best: { column: string | null; how: How } = { column: null, how: "none" }
  for (const column of columns) {
    const how = weaker(conceptMatch(wanted.field, column.name), grainMatch(wanted.grain, column.grain))
    if (scores[how] > scores[best.how]) best = { column: column.name, how }
  }
  return { field: wanted.field, weight: wanted.weight, ...best, score: scores[best.how] }
}

function conceptMatch(wanted: string, offered: string): How {
  if (wanted === offered) return "exact"
  const related = concepts.related.find((one) => one.wanted === wanted && one.offered === offered)
  return (related?.match ?? "none") as How
}

function grainMatch(wanted: string | undefined, offered: string | undefined): How {
  if (wanted === undefined || offered === undefined || wanted === offered) return "exact"
  const ladder = concepts.grains.find((grains) => grains.includes(wanted) && grains.includes(offered))
  if (ladder === undefined) return "none"
  return ladder.indexOf(offered) < ladder.indexOf(wanted) ? "convertible" : "proxy"
}

const weaker = (a: How, b: How): How => (scores[a] < scores[b] ? a : b)
