import type { BoundOperator } from "./BoundPlan.ts"
import type { Direct, Indirect, Influence } from "./Influence.ts"
import { planInfluence } from "./planInfluence.ts"

/** What one column is made from; sources are `schema.table.column`. */
export interface ColumnSources {
  readonly direct: Readonly<Record<string, Direct>>
  readonly indirect: Readonly<Record<string, ReadonlyArray<Indirect>>>
}

/** Column lineage of one statement. */
export interface ColumnLineage {
  readonly columns: Readonly<Record<string, ColumnSources>>
  /** What decides which rows there are, and so bears on every column. */
  readonly rows: ColumnSources["indirect"]
}

/** Reads column lineage from a bound plan. `names` are those of the statement's columns, in order. */
export function columnLineage(plan: BoundOperator, names: ReadonlyArray<string>): ColumnLineage {
  const { columns, rows } = planInfluence(plan)
  return {
    columns: Object.fromEntries(
      names.map((name, i) => {
        const direct = [...(columns[i]?.direct ?? [])].sort(byName)
        return [name, { direct: Object.fromEntries(direct), indirect: plain(columns[i]?.indirect ?? new Map()) }]
      })
    ),
    rows: plain(rows)
  }
}

const plain = (indirect: Influence["indirect"]): ColumnSources["indirect"] =>
  Object.fromEntries([...indirect].sort(byName).map(([source, ways]) => [source, [...ways].sort()]))

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)
