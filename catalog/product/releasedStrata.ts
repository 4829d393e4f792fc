import { releasedNumber } from "#pricing/evidence/releasedNumber.ts"
import type { FreshRelease } from "#pipelines/release/Products.ts"
import type { VersionDraft } from "./ProductVersion.ts"

/** A column with more values tells no strata that a scenario would name. */
const mostValues = 64

/**
 * Adds up the released counts by value of each key. With several keys one subject may count in several groups, so a value's sum is
 * divided by how many groups a subject may be in: never more subjects than there can be.
 */
export function releasedStrata({
  releaseId,
  certificate,
  table,
  at
}: FreshRelease): NonNullable<VersionDraft["strata"]> {
  const counted = certificate.measures.find(({ kind }) => kind !== "sum")
  const counts = counted === undefined ? undefined : table[counted.name]
  const share = certificate.keys.length > 1 ? certificate.bounds.groupsPerSubject : 1
  const strata: Record<string, ReadonlyArray<{ value: string; size: ReturnType<typeof releasedNumber> }>> = {}
  for (const { name } of certificate.keys) {
    const values = table[name] ?? []
    const sizes = new Map<string, number>()
    for (const [i, value] of values.entries()) {
      const count = counts === undefined ? 1 : Math.max(0, Number(counts[i]))
      sizes.set(String(value), (sizes.get(String(value)) ?? 0) + count / share)
    }
    if (sizes.size > mostValues) continue
    strata[name] = [...sizes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([value, size]) => ({
        value,
        size: releasedNumber(size, counted?.kind ?? "rows", `release:${releaseId}#strata.${name}`, at, releaseId)
      }))
  }
  return strata
}
