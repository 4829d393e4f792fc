import { Effect } from "effect"
import type { BitsBetween } from "../depth/boundDepth.ts"
import { fit } from "../fit/fit.ts"
import type { FitScore, Offered } from "../fit/fit.ts"
import type { OfferedColumn } from "../fit/matchField.ts"
import type { Scenario } from "./Scenario.ts"

/** Columns that come and go together. */
export interface ColumnGroup {
  readonly name: string
  readonly columns: ReadonlyArray<OfferedColumn>
}

/** One group on top of others. */
export interface MvdsStep {
  readonly group: string
  readonly columns: ReadonlyArray<string>
  /** H(S) with it. */
  readonly bits: BitsBetween
  /** What it adds to H(S), from the upper bounds. */
  readonly addsBits: number
  /** Fit with it, 0 to 100. */
  readonly fit: number
}

/** The smallest dataset found for a scenario. */
export interface Mvds {
  readonly reached: boolean
  readonly fit: FitScore
  readonly bits: BitsBetween
  /** The groups it is made of, in the order they were taken. */
  readonly steps: ReadonlyArray<MvdsStep>
  /** What each other group would add to it. */
  readonly further: ReadonlyArray<MvdsStep>
}

/**
 * Looks for the smallest set of column groups whose Fit reaches the scenario's threshold: takes the group that gains most Fit per bit
 * until it is reached, then drops what turned out not to be needed. H is submodular, so this greedy order has the classical guarantee.
 *
 * Only names, public figures and H are read; how H is known (measured on a release, or bounded before one) is the caller's matter.
 *
 * @param offered  without columns; strata count only while their column is in the set
 * @param bitsOf   H of a set of columns, monotone; asked once per set
 * @param when     ISO instant
 * @source         pricing.md, Fit: the MVDS of a scenario
 */
export const mvds = Effect.fn("mvds")(function* <E, R>(
  scenario: Scenario,
  groups: ReadonlyArray<ColumnGroup>,
  offered: Omit<Offered, "columns">,
  bitsOf: (columns: ReadonlyArray<string>) => Effect.Effect<BitsBetween, E, R>,
  when: string
) {
  const known = new Map<string, BitsBetween>()
  const measure = Effect.fnUntraced(function* (set: ReadonlyArray<ColumnGroup>) {
    const columns = namesOf(set).sort()
    const key = JSON.stringify(columns)
    const bits = known.get(key) ?? (yield* bitsOf(columns))
    known.set(key, bits)
    return bits
  })
  const score = (set: ReadonlyArray<ColumnGroup>): FitScore => fitOf(scenario, set, offered, when)
  const suffices = (one: FitScore): boolean => one.gate && one.fit.value >= scenario.threshold

  let chosen: ReadonlyArray<ColumnGroup> = []
  while (!suffices(score(chosen))) {
    const here = yield* measure(chosen)
    const before = openFit(score(chosen))
    let best: { group: ColumnGroup; rate: number } | undefined
    for (const group of groups.filter((one) => !chosen.includes(one))) {
      const gained = openFit(score([...chosen, group])) - before
      // Entropy is asked for only where Fit is gained: it is what costs time.
      if (gained <= 0) continue
      const added = (yield* measure([...chosen, group])).high - here.high
      const rate = gained / Math.max(added, 1e-9)
      if (best === undefined || rate > best.rate) best = { group, rate }
    }
    if (best === undefined) break
    chosen = [...chosen, best.group]
  }
  for (const group of chosen) {
    const without = chosen.filter((one) => one !== group)
    if (suffices(score(without))) chosen = without
  }

  const step = Effect.fnUntraced(function* (base: ReadonlyArray<ColumnGroup>, group: ColumnGroup) {
    const [under, bits] = [yield* measure(base), yield* measure([...base, group])]
    return {
      group: group.name,
      columns: namesOf([group]),
      bits,
      addsBits: bits.high - under.high,
      fit: score([...base, group]).fit.value
    } satisfies MvdsStep as MvdsStep
  })
  const steps = yield* Effect.forEach(chosen, (group, i) => step(chosen.slice(0, i), group))
  const others = groups.filter((one) => !chosen.includes(one))
  const further = yield* Effect.forEach(others, (group) => step(chosen, group))
  const reached = suffices(score(chosen))
  return { reached, fit: score(chosen), bits: yield* measure(chosen), steps, further } satisfies Mvds as Mvds
})

const namesOf = (set: ReadonlyArray<ColumnGroup>): Array<string> =>
  set.flatMap(({ columns }) => columns.map(({ name }) => name))

function fitOf(
  scenario: Scenario,
  set: ReadonlyArray<ColumnGroup>,
  offered: Omit<Offered, "columns">,
  when: string
): FitScore {
  const columns = set.flatMap((group) => group.columns)
  const strata = Object.fromEntries(
    Object.entries(offered.strata).filter(([name]) => columns.some((one) => one.name === name))
  )
  return fit(scenario, { ...offered, columns, strata }, when)
}

/** Fit as if the gate were open and nobody were missing: it rises while mandatory fields are still being added, when Fit itself is 0. */
const openFit = ({ schema, population, quality }: FitScore): number =>
  100 * schema ** 0.4 * Math.max(population, 1e-3) ** 0.3 * quality ** 0.3
