/**
 * Prices the feed from an old version to a new one: max(price of the changed rows, P(new) - P(old)), so that the old version and its
 * delta together never cost less than the new one.
 *
 * @param changedRows  P of an artefact that holds the changed rows only, in minor units
 * @throws             RangeError if an amount is negative: a bug in the caller
 * @source             pricing.md, Further rules
 */
export function deltaFen(changedRows: number, oldVersion: number, newVersion: number): number {
  if (!(changedRows >= 0 && oldVersion >= 0 && newVersion >= 0)) throw new RangeError("deltaFen: a negative price")
  return Math.max(changedRows, newVersion - oldVersion)
}
