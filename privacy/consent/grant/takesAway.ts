import { compileRules } from "../decide/compileRules.ts"
import type { Recipients } from "../decide/compileRules.ts"
import type { RuleMasks } from "../decide/RuleMasks.ts"
import type { LicenceTerms, RuleLimits } from "../LicenceTerms.ts"
import { actions } from "../Operation.ts"
import { actionMask, categoryTerms, purposeTerms } from "../registry/Registry.ts"

const outward = new Set<string>(["share", "sell"])
const allCategories = [...categoryTerms.values()].reduce((mask, { bit }) => mask | bit, 0n)

/**
 * Whether some operation that the former licence let pass is not let pass by the later one. Then what was made under the former has to
 * freeze, as if it had been taken back. Asked of every action, purpose and recipient that there is.
 *
 * @param before every licence that was in force; what any of them permitted counts
 * @param now    second since 1970
 */
export function takesAway(
  before: ReadonlyArray<LicenceTerms>,
  after: LicenceTerms,
  known: Recipients,
  now: number
): boolean {
  const later = compileRules(after.rules, known).masks
  return before.some(
    (former) =>
      after.nbf > Math.max(former.nbf, now) ||
      after.exp < former.exp ||
      after.evidence < former.evidence ||
      lessThan(compileRules(former.rules, known).masks, later, known)
  )
}

function lessThan(former: ReadonlyArray<RuleMasks>, all: ReadonlyArray<RuleMasks>, known: Recipients): boolean {
  const permits = former.filter(({ effect }) => effect === "permit")
  // A later permission counts only where it is limited no more than anything that was permitted before.
  const later = all.filter(
    ({ effect, limits }) => effect === "prohibit" || !permits.some((before) => stricter(limits, before.limits))
  )
  for (const action of actions) {
    const act = actionMask([action])
    for (const { bit: purpose } of purposeTerms.values()) {
      for (const [id, { bit: recipient }] of known) {
        // Nothing is shared with or sold to the house itself.
        if (id === "internal" && outward.has(action)) continue
        const kept = categoriesOf(later, act, purpose, recipient)
        if ((categoriesOf(former, act, purpose, recipient) & ~kept) !== 0n) return true
      }
    }
  }
  return false
}

function stricter(later: RuleLimits | undefined, former: RuleLimits | undefined): boolean {
  if (later === undefined) return false
  const { territory } = later
  return (
    (former?.onward === true && !later.onward) ||
    (territory !== undefined && !(former?.territory?.every((country) => territory.includes(country)) ?? false)) ||
    (later.minK ?? 0) > (former?.minK ?? 0) ||
    (later.maxEpsilon ?? Infinity) < (former?.maxEpsilon ?? Infinity)
  )
}

function categoriesOf(masks: ReadonlyArray<RuleMasks>, action: bigint, purpose: bigint, recipient: bigint): bigint {
  let [permitted, forbidden] = [0n, 0n]
  for (const rule of masks) {
    if ((rule.actions & action) === 0n || (rule.purposes & purpose) === 0n || (rule.recipients & recipient) === 0n)
      continue
    if (rule.effect === "permit") permitted |= rule.categories
    else forbidden |= rule.categories
  }
  return permitted & ~forbidden & allCategories
}
