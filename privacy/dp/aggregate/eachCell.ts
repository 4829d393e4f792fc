import type { AggregateShape } from "./AggregatePlan.ts"
import type { Cells } from "./Cells.ts"
import type { KeptKeys } from "./selectKeys.ts"

/** Visits the groups that are published with the cell each belongs to; groups whose keys were not kept are passed over. */
export function eachCell(
  shape: AggregateShape,
  groups: { readonly length: number; readonly keys: ReadonlyArray<ReadonlyArray<string | number>> },
  kept: KeptKeys,
  cells: Pick<Cells, "publicCells" | "only">,
  visit: (cell: number, row: number) => void
): void {
  for (let row = 0; row < groups.length; row++) {
    const tuple: Array<string> = []
    let within = 0
    for (const [i, key] of shape.keys.entries()) {
      const value = groups.keys[i]![row]!
      if (key.domain === undefined) tuple.push(String(value))
      else within = within * key.domain.values.length + Number(value)
    }
    const place = kept.placeOf(tuple)
    if (place === undefined) continue
    const cell = place * cells.publicCells + within
    if (cells.only === undefined) visit(cell, row)
    else if (cells.only.has(cell)) visit(cells.only.get(cell)!, row)
  }
}
