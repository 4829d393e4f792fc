import type { PricedOffer } from "./PricedOffer.ts"

/** A covering problem: every cell class must get 1; item j gives `gain[j]` to each class in `classes[j]` and costs `fen[j]`. */
export interface CoverProblem {
  readonly items: ReadonlyArray<{
    readonly offer: string
    readonly gain: number
    readonly fen: number
    readonly classes: Int32Array
  }>
  /** How many classes of cells there are; cells that the same items give are one class. */
  readonly classes: number
  /** False if some cell of the target is given by no item. */
  readonly coverable: boolean
}

/**
 * States what covering the target by other offers means. A purchase that is more accurate than the target counts as one that is just as
 * accurate: what is beyond does not help elsewhere, since purchases come whole.
 */
export function coverProblem(target: PricedOffer, offers: ReadonlyArray<PricedOffer>): CoverProblem {
  const others = offers.filter((one) => one.id !== target.id && one.rho > 0 && touches(one, target))
  const sets = others.map(
    ({ columns, rows, versions }) => [new Set(columns), new Set(rows), new Set(versions)] as const
  )
  const classOf = new Map<string, number>()
  const members: Array<ReadonlyArray<number>> = []
  let coverable = true
  for (const version of target.versions) {
    for (const row of target.rows) {
      const giving = sets.flatMap(([, rows, versions], j) => (rows.has(row) && versions.has(version) ? [j] : []))
      for (const column of target.columns) {
        const covering = giving.filter((j) => sets[j]![0].has(column))
        if (covering.length === 0) coverable = false
        const signature = covering.join(",")
        if (classOf.has(signature)) continue
        classOf.set(signature, members.length)
        members.push(covering)
      }
    }
  }
  const classes = others.map((_, j) =>
    Int32Array.from(members.flatMap((covering, c) => (covering.includes(j) ? [c] : [])))
  )
  return {
    items: others.map(({ id, rho, fen }, j) => ({
      offer: id,
      gain: Math.min(1, rho / target.rho),
      fen,
      classes: classes[j]!
    })),
    classes: members.length,
    coverable
  }
}

const touches = (a: PricedOffer, b: PricedOffer): boolean =>
  (["columns", "rows", "versions"] as const).every((part) => a[part].some((one) => b[part].includes(one)))
