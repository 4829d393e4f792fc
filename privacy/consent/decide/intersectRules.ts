import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { RuleLimits } from "../LicenceTerms.ts"
import type { RuleMasks } from "./RuleMasks.ts"

/**
 * What two licences permit together: each pair of permissions where they agree, and the prohibitions of both. Used for a row that is
 * made of records under both.
 */
export function intersectRules(a: ReadonlyArray<RuleMasks>, b: ReadonlyArray<RuleMasks>): ReadonlyArray<RuleMasks> {
  const permits = (rules: ReadonlyArray<RuleMasks>) => rules.filter(({ effect }) => effect === "permit")
  const both = permits(a).flatMap((one) =>
    permits(b).map((other): RuleMasks => ({
      effect: "permit",
      actions: one.actions & other.actions,
      purposes: one.purposes & other.purposes,
      recipients: one.recipients & other.recipients,
      categories: one.categories & other.categories,
      ...limitsOf(one.limits, other.limits)
    }))
  )
  const some = both.filter((rule) => rule.actions !== 0n && rule.purposes !== 0n && rule.recipients !== 0n)
  const prohibitions = [...a, ...b].filter(({ effect }) => effect === "prohibit")
  const known = new Map([...some, ...prohibitions].map((rule) => [keyOf(rule), rule]))
  return [...known.keys()].sort().map((key) => known.get(key)!)
}

/** What both limits allow. */
function limitsOf(a: RuleLimits | undefined, b: RuleLimits | undefined): { readonly limits?: RuleLimits } {
  if (a === undefined || b === undefined) {
    const one = a ?? b
    return one === undefined ? {} : { limits: one }
  }
  const territory =
    a.territory !== undefined && b.territory !== undefined
      ? a.territory.filter((country) => b.territory!.includes(country))
      : (a.territory ?? b.territory)
  const minK = Math.max(a.minK ?? 0, b.minK ?? 0)
  const maxEpsilon = Math.min(a.maxEpsilon ?? Infinity, b.maxEpsilon ?? Infinity)
  return {
    limits: {
      onward: a.onward && b.onward,
      ...(territory === undefined ? {} : { territory }),
      ...(minK === 0 ? {} : { minK }),
      ...(maxEpsilon === Infinity ? {} : { maxEpsilon })
    }
  }
}

/** Equal rules have equal keys. */
export const keyOf = ({ effect, limits, ...masks }: RuleMasks): string =>
  canonicalJson([
    effect,
    ...[masks.actions, masks.purposes, masks.recipients, masks.categories].map(String),
    { ...limits }
  ])
