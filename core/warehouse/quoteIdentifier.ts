/**
 * An identifier for SQL text, quoted; a dotted name given as several parts is quoted part by part.
 *
 * @throws RangeError for an empty part or one with a NUL: no table or column is named so
 */
export function quoteIdentifier(...parts: ReadonlyArray<string>): string {
  return parts
    .map((part) => {
      if (part.length === 0 || part.includes("\0")) throw new RangeError("an identifier is empty or holds a NUL")
      return `"${part.replaceAll('"', '""')}"`
    })
    .join(".")
}
