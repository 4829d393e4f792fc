/** How a column's value goes into another: unchanged, through an expression, or folded with other rows. */
export type Direct = "IDENTITY" | "TRANSFORMATION" | "AGGREGATION"

/** How a column decides on rows or values without going into them. */
export type Indirect = "JOIN" | "FILTER" | "GROUP_BY" | "SORT" | "WINDOW" | "CONDITIONAL"

/** What one value is made from; keys are `schema.table.column`. Never changed once made. */
export interface Influence {
  readonly direct: ReadonlyMap<string, Direct>
  readonly indirect: ReadonlyMap<string, ReadonlySet<Indirect>>
  /** A copy of an outer column that decorrelation made: it stands for no join or group that anybody wrote. */
  readonly copied?: boolean
}

export const nothing: Influence = { direct: new Map(), indirect: new Map() }
