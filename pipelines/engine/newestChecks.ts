import type { CheckResult } from "./evaluateChecks.ts"
import { everything, subtract, unite } from "./partition/KeyRange.ts"
import type { KeyRanges } from "./partition/KeyRange.ts"

/** What was found when some partitions of an asset, or all of it, were looked at. */
export interface Checked {
  readonly checks: ReadonlyArray<CheckResult>
  readonly partitions?: KeyRanges
}

const mostNamed = 20

/** What stands of all that was found of one asset, the newest first: a finding counts while it is about partitions that none after it looked at. */
export function newestChecks(found: ReadonlyArray<Checked>): ReadonlyArray<CheckResult> {
  let seen: KeyRanges = []
  const results = new Map<string, CheckResult>()
  for (const [i, { checks, partitions = [everything] }] of found.entries()) {
    if (i > 0 && subtract(partitions, seen).length === 0) continue
    seen = unite([...seen, ...partitions])
    for (const check of checks) {
      const before = results.get(check.name)
      // A rule that the newest making does not know was taken out of the definition.
      if (before === undefined && i > 0) continue
      results.set(check.name, before === undefined ? check : together(before, check))
    }
  }
  return [...results.values()]
}

function together(a: CheckResult, b: CheckResult): CheckResult {
  const partitions = [...new Set([...(a.partitions ?? []), ...(b.partitions ?? [])])].sort().slice(0, mostNamed)
  const sum = { ...a, passed: a.passed && b.passed, failing: a.failing + b.failing }
  return partitions.length === 0 ? sum : { ...sum, partitions }
}
