/** A text literal for the few statements that take no parameters (`set`, `copy ... to`); everything else binds values. */
export function quoteText(text: string): string {
  if (text.includes("\0")) throw new RangeError("a text literal holds a NUL")
  return `'${text.replaceAll("'", "''")}'`
}
