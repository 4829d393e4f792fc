import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"

/** A column as DuckDB describes it. */
export interface DescribedColumn {
  readonly column_name: string
  readonly column_type: string
}

const plain = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|FLOAT|DOUBLE|DECIMAL\(.*\)|BOOLEAN|DATE|TIME.*|INTERVAL)$/
const risky = /^[=+\-@\t\r]/

/**
 * Writes the select list that makes a table safe to open in a spreadsheet: a text cell or a heading that begins with `=`, `+`, `-`,
 * `@`, a tab or a carriage return gets an apostrophe before it, so that it is shown and not computed. Numbers, days and truth values
 * stay as they are; a negative number is no formula.
 */
export function formulaSafe(columns: ReadonlyArray<DescribedColumn>): string {
  return columns
    .map(({ column_name: name, column_type: type }) => {
      const column = quoteIdentifier(name)
      const heading = quoteIdentifier(risky.test(name) ? `'${name}` : name)
      if (plain.test(type)) return `${column} as ${heading}`
      const text = type === "VARCHAR" ? column : `${column}::varchar`
      return `case when left(${text}, 1) in ('=', '+', '-', '@', chr(9), chr(13)) then '''' || ${text} else ${text} end as ${heading}`
    })
    .join(", ")
}
