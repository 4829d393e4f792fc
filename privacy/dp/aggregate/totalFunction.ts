import { quoteText } from "#core/warehouse/quoteText.ts"

type KeyType = "VARCHAR" | "BIGINT" | "DATE"
type Family = "text" | "integer" | "day" | "instant"

interface TotalFunction {
  readonly takes: ReadonlyArray<Family>
  readonly gives: KeyType
  /** what stands beside the column: one word of a list first, or a whole number last */
  readonly word?: ReadonlyArray<string>
  readonly width?: true
  sql(column: string, argument: string): string
}

/** Years 1 to 9999: `infinity` and the far ends of the calendar become null here instead of an overflow there. */
const withinCalendar = (column: string, then: string): string =>
  `case when ${column} between '0001-01-01' and '9999-12-31' then ${then} end`

const part = (name: string): TotalFunction => ({
  takes: ["day", "instant"],
  gives: "BIGINT",
  sql: (column) => withinCalendar(column, `cast(${name}(cast(${column} as timestamp)) as bigint)`)
})

const text = (name: string): TotalFunction => ({
  takes: ["text"],
  gives: "VARCHAR",
  sql: (column) => `${name}(${column})`
})

const safe = 2 ** 52

/**
 * The functions that a key expression may use. Each is total: no value of its column makes it raise, so no error and no
 * missing row count ever depends on the data; what it cannot say is null, and rows without a key are left out.
 */
export const totalFunction: Readonly<Record<string, TotalFunction>> = {
  date_trunc: {
    takes: ["day", "instant"],
    gives: "DATE",
    word: ["year", "quarter", "month", "week", "day"],
    sql: (column, word) =>
      withinCalendar(column, `cast(date_trunc(${quoteText(word)}, cast(${column} as timestamp)) as date)`)
  },
  year: part("year"),
  quarter: part("quarter"),
  month: part("month"),
  isodow: part("isodow"),
  hour: { ...part("hour"), takes: ["instant"] },
  lower: text("lower"),
  upper: text("upper"),
  trim: text("trim"),
  bucket: {
    takes: ["integer"],
    gives: "BIGINT",
    width: true,
    sql: (column, width) =>
      `case when ${column} between -${safe} and ${safe} then ` +
      `cast(${column} as bigint) - ((cast(${column} as bigint) % ${width}) + ${width}) % ${width} end`
  }
}
