import { Effect } from "effect"
import { Noise } from "../Noise.ts"
import type { AggregateShape, PeelNoise } from "./AggregatePlan.ts"
import type { BoundedGroups } from "./boundedGroups.ts"
import type { Cells } from "./Cells.ts"
import { eachCell } from "./eachCell.ts"
import type { KeptKeys } from "./selectKeys.ts"

/**
 * Chooses the k cells with the largest totals of a measure by k private choices, the winner taken out each time, and
 * narrows the cells to them. A subject moves each total by at most the measure's own bound, in however many groups it is.
 * @source selection.proof.md, "peeling"
 */
export const peelCells = Effect.fnUntraced(function* (
  shape: AggregateShape,
  groups: BoundedGroups,
  kept: KeptKeys,
  cells: Cells,
  peel: PeelNoise
): Effect.fn.Return<Cells, never, Noise> {
  const top = shape.top!
  const by = shape.measures.findIndex(({ name }) => name === top.by)
  const totals = Array<number>(cells.length).fill(0)
  eachCell(shape, groups, kept, cells, (cell, row) => void (totals[cell] = groups.totals[by]![row]!))
  const choose = yield* (yield* Noise).picker(peel.epsilon)
  const left = Array.from(cells.order)
  const chosen: Array<number> = []
  for (let i = 0; i < Math.min(top.k, cells.length); i++) {
    const place = choose(
      left.map((cell) => totals[cell]!),
      shape.measures[by]!.linf
    )
    chosen.push(...left.splice(place, 1))
  }
  // In the order of the table: in which order they were chosen is not published.
  const set = new Set(chosen)
  const full = Uint32Array.from(cells.order).filter((cell) => set.has(cell))
  return {
    ...cells,
    length: full.length,
    order: Uint32Array.from({ length: full.length }, (_, i) => i),
    only: new Map(Array.from(full, (cell, place) => [cell, place])),
    indexOf: (key, cell) => cells.indexOf(key, full[cell]!),
    valueOf: (key, cell) => cells.valueOf(key, full[cell]!)
  }
})
