import type { LicenceRule } from "../LicenceTerms.ts"
import { actionMask, categoryCovers, everything, purposeCovers, recordBit } from "../registry/Registry.ts"
import type { RuleMasks } from "./RuleMasks.ts"

/** The bit of a recipient, or undefined for one that nobody has named yet. */
export type RecipientBit = (id: string) => bigint | undefined

/** The rules of a licence as bits, and the terms in them that the registry does not know. */
export interface CompiledRules {
  readonly masks: ReadonlyArray<RuleMasks>
  readonly unknown: ReadonlyArray<string>
}

/**
 * Turns rules to masks. What is unknown permits nothing; in a prohibition it forbids everything of its kind, since nobody can say what it
 * meant. A prohibition of some categories is about them alone, one without a list is about the record.
 */
export function compileRules(rules: ReadonlyArray<LicenceRule>, recipientBit: RecipientBit): CompiledRules {
  const unknown = new Set<string>()
  const masks = rules.map(({ effect, ...rule }): RuleMasks => {
    const prohibits = effect === "prohibit"
    const cover = (ids: ReadonlyArray<string>, find: (id: string) => bigint | undefined): bigint => {
      if (ids.includes("*") || (prohibits && ids.length === 0)) return everything
      return ids.reduce((mask, id) => {
        const found = find(id)
        if (found === undefined) unknown.add(id)
        return mask | (found ?? (prohibits ? everything : 0n))
      }, 0n)
    }
    const named = cover(rule.categories, categoryCovers)
    return {
      effect,
      actions: prohibits && rule.actions.length === 0 ? everything : actionMask(rule.actions),
      purposes: cover(rule.purposes, purposeCovers),
      recipients: cover(rule.recipients, recipientBit),
      categories: prohibits ? named : named | recordBit
    }
  })
  return { masks, unknown: [...unknown] }
}
