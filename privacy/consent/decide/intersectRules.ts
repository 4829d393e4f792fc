import { canonicalJson } from "#core/json/canonicalJson.ts"
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
      categories: one.categories & other.categories
    }))
  )
  const some = both.filter((rule) => rule.actions !== 0n && rule.purposes !== 0n && rule.recipients !== 0n)
  const prohibitions = [...a, ...b].filter(({ effect }) => effect === "prohibit")
  const known = new Map([...some, ...prohibitions].map((rule) => [keyOf(rule), rule]))
  return [...known.keys()].sort().map((key) => known.get(key)!)
}

/** Equal rules have equal keys. */
export const keyOf = ({ effect, ...masks }: RuleMasks): string =>
  canonicalJson([effect, ...[masks.actions, masks.purposes, masks.recipients, masks.categories].map(String)])
