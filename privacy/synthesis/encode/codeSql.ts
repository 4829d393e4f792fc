import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import type { CodedColumn } from "./CodedColumn.ts"
import { gridSql } from "./gridSql.ts"

/**
 * The SQL that gives the code of a column's value; null where the row has no code and is left out. Total: no value raises.
 */
export function codeSql(column: CodedColumn): string {
  const missing = column.missing === undefined ? "null" : String(column.missing)
  if (column.kind === "labels") {
    const name = quoteIdentifier(column.name)
    const list = column.labels.map(quoteText).join(", ")
    const code = `cast(enum_code(try_cast(cast(${name} as varchar) as enum(${list}))) as integer)`
    if (column.other === undefined) return `coalesce(${code}, ${missing})`
    return `case when ${name} is null then ${missing} else coalesce(${code}, ${column.other}) end`
  }
  const grid = gridSql(column, column.edges[0]!, column.edges.at(-1)! - 1)
  const steps = column.edges.slice(1, -1).map((edge, i) => `when ${grid} < ${edge} then ${i}`)
  const bins = steps.length === 0 ? "0" : `case ${steps.join(" ")} else ${column.edges.length - 2} end`
  return `case when ${grid} is null then ${missing} else ${bins} end`
}
