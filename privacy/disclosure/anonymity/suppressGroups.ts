import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"

/**
 * SQL of a relation without the rows whose group of equal quasi-identifiers has fewer than k.
 *
 * Suppression looks at the data, so which groups are gone says something about them: no composition bound.
 * @param relation  SQL of a table, quoted by the caller
 */
export function suppressGroups(relation: string, quasi: ReadonlyArray<string>, k: number): string {
  if (!Number.isSafeInteger(k) || k < 1) throw new RangeError(`suppressGroups: k = ${k}`)
  const keys = quasi.map((name) => quoteIdentifier(name)).join(", ")
  return `select * from ${relation} qualify count(*) over (partition by ${keys}) >= ${k}`
}
