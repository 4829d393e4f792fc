import type { Field } from "../../api/Field.ts"

/** A released version as columns. Reading it costs no budget: whatever is computed from it is post-processing. */
export interface ReleasedTable {
  readonly fields: ReadonlyArray<Field>
  readonly length: number
  readonly values: Readonly<Record<string, ArrayLike<unknown>>>
  /** Half width of the 95 % interval of one cell, by measure. */
  readonly halfWidths: Readonly<Record<string, number>>
}
