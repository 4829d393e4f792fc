import type { AggregateShape } from "../aggregate/AggregatePlan.ts"
import type { BoundedGroups } from "../aggregate/boundedGroups.ts"
import type { Recorded } from "./Pipeline.ts"

/** How far apart the mechanism inputs of two tables are, and how far they may be. */
export interface Distance {
  /** such as `sum of spend` */
  readonly input: string
  readonly found: number
  readonly declared: number
}

type Column = ReadonlyArray<number> | undefined

/**
 * Squared L2 distances between the inputs of two runs, beside the squared sensitivities that the plan declares.
 * @returns one entry per input vector: totals, totals of levels, counts, squares, histogram counts, subjects of selected
 *          keys, histograms in which bounds are looked for
 */
export function distanceOf(shape: AggregateShape, a: Recorded, b: Recorded): ReadonlyArray<Distance> {
  return [...groupDistances(shape, a.groups, b.groups), ...rangeDistances(a, b)]
}

/** A subject is in one bin. */
function rangeDistances(a: Recorded, b: Recorded): ReadonlyArray<Distance> {
  return [...a.ranges].map(([name, counts]) => {
    const other = b.ranges.get(name)!
    return {
      input: `bounds of ${name}`,
      found: counts.reduce((sum, n, bin) => sum + (n - other[bin]!) ** 2, 0),
      declared: 1
    }
  })
}

function groupDistances(shape: AggregateShape, a: BoundedGroups, b: BoundedGroups): ReadonlyArray<Distance> {
  const selected = shape.keys.map(({ domain }) => domain === undefined)
  const tupleOf = (groups: { keys: BoundedGroups["keys"] }, row: number): string =>
    JSON.stringify(groups.keys.flatMap((column, i) => (selected[i]! ? [column[row]] : [])))
  const tuplesOf = (groups: BoundedGroups): ReadonlySet<string> =>
    new Set(Array.from({ length: groups.length }, (_, row) => tupleOf(groups, row)))
  // A selected key that is not there in one of the runs is what delta covers; public keys are always there.
  const [inA, inB] = [tuplesOf(a), tuplesOf(b)]
  const replayed = (groups: { keys: BoundedGroups["keys"] }, row: number): boolean =>
    !selected.includes(true) || (inA.has(tupleOf(groups, row)) && inB.has(tupleOf(groups, row)))
  const label = (groups: { keys: BoundedGroups["keys"] }, row: number): string =>
    JSON.stringify(groups.keys.map((column) => column[row]))
  const between = (x: Column, y: Column, left: BoundedGroups = a, right: BoundedGroups = b): number => {
    const moved = new Map<string, number>()
    for (let row = 0; row < left.length; row++) if (replayed(left, row)) moved.set(label(left, row), x?.[row] ?? 0)
    for (let row = 0; row < right.length; row++) {
      if (!replayed(right, row)) continue
      const key = label(right, row)
      moved.set(key, (moved.get(key) ?? 0) - (y?.[row] ?? 0))
    }
    let sum = 0
    for (const difference of moved.values()) sum += difference ** 2
    return sum
  }
  const distances: Array<Distance> = []
  for (const [i, { name, linf, statistic, together }] of shape.measures.entries()) {
    if (together !== undefined) continue
    if (statistic?.kind === "quantile" || statistic?.kind === "bands") {
      distances.push({ input: `values of ${name}`, found: histogramDistance(a, b, i, replayed), declared: shape.l0 })
      continue
    }
    distances.push({
      input: `total of ${name}`,
      found: between(a.totals[i], b.totals[i]),
      declared: shape.l0 * linf ** 2
    })
    for (const level of shape.levels ?? []) {
      distances.push({
        input: `total of ${name} by ${level.map((key) => shape.keys[key]!.name).join(", ") || "nothing"}`,
        found: levelDistance(level, [a, b], i),
        declared: (shape.l0 * linf) ** 2
      })
    }
    if (shape.top?.peel === true && shape.top.by === name)
      distances.push({ input: `score of ${name}`, found: largestMove([a, b], i) ** 2, declared: linf ** 2 })
    if (statistic === undefined) continue
    distances.push({ input: `count of ${name}`, found: between(a.counts[i], b.counts[i]), declared: shape.l0 })
    if (statistic.kind === "variance")
      distances.push({
        input: `squares of ${name}`,
        found: between(a.squares[i], b.squares[i]),
        declared: shape.l0 * linf ** 4
      })
  }
  if (a.subjects.length > 0 || b.subjects.length > 0) {
    const [x, y] = [a, b].map((groups) => selectionCounts(shape, groups))
    let sum = 0
    for (const tuple of new Set([...x!.keys(), ...y!.keys()])) sum += ((x!.get(tuple) ?? 0) - (y!.get(tuple) ?? 0)) ** 2
    distances.push({ input: "subjects of selected keys", found: sum, declared: shape.l0 })
  }
  return distances
}

/** Squared distance of the totals of a coarser grouping, made of the cells as the release makes them. */
function levelDistance(
  level: ReadonlyArray<number>,
  [a, b]: readonly [BoundedGroups, BoundedGroups],
  i: number
): number {
  return [...moves([a, b], i, (keys, row) => JSON.stringify(level.map((key) => keys[key]![row])))].reduce(
    (sum, [, moved]) => sum + moved ** 2,
    0
  )
}

/** How far the total of any one cell moved: what a choice among cells sees. */
function largestMove(pair: readonly [BoundedGroups, BoundedGroups], i: number): number {
  const moved = moves(pair, i, (keys, row) => JSON.stringify(keys.map((column) => column[row])))
  return Math.max(0, ...[...moved.values()].map(Math.abs))
}

function moves(
  [a, b]: readonly [BoundedGroups, BoundedGroups],
  i: number,
  labelOf: (keys: BoundedGroups["keys"], row: number) => string
): ReadonlyMap<string, number> {
  const moved = new Map<string, number>()
  for (const [groups, sign] of [
    [a, 1],
    [b, -1]
  ] as const) {
    for (let row = 0; row < groups.length; row++) {
      const label = labelOf(groups.keys, row)
      moved.set(label, (moved.get(label) ?? 0) + sign * groups.totals[i]![row]!)
    }
  }
  return moved
}

/** Beyond the floor, as they are compared with the threshold: a key below it is not there at all. */
function selectionCounts(shape: AggregateShape, groups: BoundedGroups): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (let row = 0; row < groups.length; row++) {
    const tuple = shape.keys.flatMap((key, i) => (key.domain === undefined ? [groups.keys[i]![row]] : []))
    counts.set(JSON.stringify(tuple), groups.subjects[row]! - (shape.minSubjects - 1))
  }
  return counts
}

function histogramDistance(
  a: BoundedGroups,
  b: BoundedGroups,
  i: number,
  replayed: (groups: { keys: BoundedGroups["keys"] }, row: number) => boolean
): number {
  const moved = new Map<string, number>()
  for (const [groups, sign] of [
    [a, 1],
    [b, -1]
  ] as const) {
    const histogram = groups.histograms[i]!
    for (let row = 0; row < histogram.length; row++) {
      if (!replayed(histogram, row)) continue
      const key = JSON.stringify([...histogram.keys.map((column) => column[row]), histogram.bins[row]])
      moved.set(key, (moved.get(key) ?? 0) + sign * histogram.counts[row]!)
    }
  }
  let sum = 0
  for (const difference of moved.values()) sum += difference ** 2
  return sum
}
