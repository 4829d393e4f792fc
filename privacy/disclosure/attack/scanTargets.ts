import { Effect } from "effect"
import type { CodedTable } from "../table/CodedTable.ts"

/** What one pass over the release tells about each target. */
export interface Scan {
  /** distance to the nearest released row */
  readonly distance: Float64Array
  /** the same without the column that differs most: a copy with one cell changed is at 0 */
  readonly trimmed: Float64Array
  /** for each secret column: whether the row nearest in all other columns holds the target's code */
  readonly guessed: ReadonlyArray<Uint8Array>
  /** whether one released row is among the nearest both by the first and by the second half of the columns */
  readonly linked: Uint8Array
}

/** Nearest rows by each half of the columns that are compared when linking. */
const NEIGHBOURS = 10

/**
 * Looks at every released row for every target: time targets x rows x columns, memory two numbers a released cell.
 * @param secrets  numbers of the columns to guess
 * @param own      number of the row that is the first target itself, where targets are looked for among people like them
 */
export const scanTargets = Effect.fn("scanTargets")(function* (
  targets: CodedTable,
  released: CodedTable,
  secrets: ReadonlyArray<number>,
  own?: number
) {
  const [d, n, m] = [released.columns.length, released.rows, targets.rows]
  const gaps = Array.from({ length: d }, () => new Float32Array(n))
  const [first, second, worst] = [new Float32Array(n), new Float32Array(n), new Float32Array(n)]
  const scan = {
    distance: new Float64Array(m),
    trimmed: new Float64Array(m),
    guessed: secrets.map(() => new Uint8Array(m)),
    linked: new Uint8Array(m)
  }
  for (let target = 0; target < m; target++) {
    if (target % 16 === 15) yield* Effect.yieldNow
    first.fill(0)
    second.fill(0)
    worst.fill(0)
    for (let c = 0; c < d; c++)
      addGaps(
        released.columns[c]!.place,
        targets.columns[c]!.place[target]!,
        gaps[c]!,
        c % 2 === 0 ? first : second,
        worst
      )
    if (own !== undefined) first[own + target] = Infinity
    let [best, trimmed] = [Infinity, Infinity]
    for (let i = 0; i < n; i++) {
      const sum = first[i]! + second[i]!
      if (sum < best) best = sum
      if (sum - worst[i]! < trimmed) trimmed = sum - worst[i]!
    }
    scan.distance[target] = best
    scan.trimmed[target] = trimmed
    for (const [s, secret] of secrets.entries()) {
      const row = nearestWithout(first, second, gaps[secret]!)
      const right = released.columns[secret]!.codes[row] === targets.columns[secret]!.codes[target]
      scan.guessed[s]![target] = right ? 1 : 0
    }
    scan.linked[target] = shareOne(nearest(first), nearest(second)) ? 1 : 0
  }
  return scan satisfies Scan as Scan
})

function addGaps(place: Float32Array, target: number, gap: Float32Array, sum: Float32Array, worst: Float32Array): void {
  for (let i = 0; i < place.length; i++) {
    const difference = Math.abs(place[i]! - target)
    const own = difference > 1 ? 1 : difference
    gap[i] = own
    sum[i]! += own
    if (own > worst[i]!) worst[i] = own
  }
}

function nearestWithout(first: Float32Array, second: Float32Array, gap: Float32Array): number {
  let [best, row] = [Infinity, 0]
  for (let i = 0; i < gap.length; i++) {
    const rest = first[i]! + second[i]! - gap[i]!
    if (rest < best) {
      best = rest
      row = i
    }
  }
  return row
}

function nearest(distance: Float32Array): ReadonlyArray<number> {
  const rows: Array<number> = []
  let limit = Infinity
  for (let i = 0; i < distance.length; i++) {
    if (distance[i]! >= limit) continue
    let at = rows.length
    while (at > 0 && distance[rows[at - 1]!]! > distance[i]!) at--
    rows.splice(at, 0, i)
    if (rows.length > NEIGHBOURS) rows.pop()
    if (rows.length === NEIGHBOURS) limit = distance[rows[NEIGHBOURS - 1]!]!
  }
  return rows
}

const shareOne = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): boolean => a.some((row) => b.includes(row))
