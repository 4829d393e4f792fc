import type { LicenceRule } from "../LicenceTerms.ts"
import { actionMask, categoryTerms, everything, purposeTerms, recordBit } from "../registry/Registry.ts"
import type { Term } from "../registry/Registry.ts"
import type { RuleMasks } from "./RuleMasks.ts"

/** Recipients by id; one that nobody has named yet is not there. */
export type Recipients = ReadonlyMap<string, Term>

/** The rules of a licence as bits, and the terms in them that the registry does not know. */
export interface CompiledRules {
  readonly masks: ReadonlyArray<RuleMasks>
  readonly unknown: ReadonlyArray<string>
}

/**
 * Turns rules to masks. What is unknown permits nothing; in a prohibition it forbids everything of its kind, since nobody can say what it
 * meant. A prohibition of some categories is about them alone, one without a list is about the record.
 */
export function compileRules(rules: ReadonlyArray<LicenceRule>, recipients: Recipients): CompiledRules {
  const unknown = new Set<string>()
  const masks = rules.map(({ effect, ...rule }): RuleMasks => {
    const prohibits = effect === "prohibit"
    const cover = (ids: ReadonlyArray<string>, known: Recipients): bigint => {
      if (ids.includes("*") || (prohibits && ids.length === 0)) return everything
      return ids.reduce((mask, id) => {
        const found = known.get(id)?.covers
        if (found === undefined) unknown.add(id)
        return mask | (found ?? (prohibits ? everything : 0n))
      }, 0n)
    }
    const named = cover(rule.categories, categoryTerms)
    return {
      effect,
      actions: prohibits && rule.actions.length === 0 ? everything : actionMask(rule.actions),
      purposes: cover(rule.purposes, purposeTerms),
      recipients: cover(rule.recipients, recipients),
      categories: prohibits ? named : named | recordBit,
      ...(prohibits || rule.limits === undefined ? {} : { limits: rule.limits })
    }
  })
  return { masks, unknown: [...unknown] }
}
