import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import type { Mask } from "./Mask.ts"

/** At least this many rows share a value that is shown under `few`. */
const fewest = 10
const bucketWidth = 0.5

/**
 * The columns of a select over one relation, each under its mask and its own name; hidden ones are not named at all.
 *
 * `bucket` gives the power of ten and half of it that a number lies in, as text · `first` one character · `few` the value where at least 10 rows
 * share it, else null · `hash` 16 hexadecimal digits under the key, so that equal values stay equal within one reader's session.
 *
 * @param key 32 bytes or more as hexadecimal digits; a session's own, so that hashes of two sessions cannot be joined
 */
export function maskedColumns(masks: ReadonlyMap<string, Mask>, key: string): ReadonlyArray<string> {
  return [...masks].flatMap(([name, mask]) => {
    const column = quoteIdentifier(name)
    const shown = expression(column, mask, key)
    return shown === undefined ? [] : [`${shown} as ${column}`]
  })
}

function expression(column: string, mask: Mask, key: string): string | undefined {
  switch (mask) {
    case "plain":
      return column
    case "bucket":
      return `case when try_cast(${column} as double) > 0 then
        '>= ' || (10 ** (floor(log10(try_cast(${column} as double)) / ${bucketWidth}) * ${bucketWidth}))::bigint::varchar end`
    case "first":
      return `left(${column}::varchar, 1)`
    case "few":
      return `case when count(*) over (partition by ${column}) >= ${fewest} then ${column} end`
    case "hash":
      return `case when ${column} is not null then left(sha256(${quoteText(key)} || sha256(${quoteText(key)} || ${column}::varchar)), 16) end`
    case "null":
      return "null"
    case "hidden":
      return undefined
  }
}
