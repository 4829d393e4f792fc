import { compileRules } from "../decide/compileRules.ts"
import type { Recipients } from "../decide/compileRules.ts"
import type { RuleMasks } from "../decide/RuleMasks.ts"
import type { LicenceRule } from "../LicenceTerms.ts"
import { actions } from "../Operation.ts"
import type { Action } from "../Operation.ts"
import { actionMask, categoryTerms, purposeTerms } from "../registry/Registry.ts"

/** What a licence says of one purpose and one recipient. */
export interface LicenceCell {
  readonly purpose: string
  readonly recipient: string
  /** permitted: for some category · forbidden: a rule says no · silent: no rule speaks of it, which also means no */
  readonly answer: "permitted" | "forbidden" | "silent"
  /** What may be done, in the order of the registry. */
  readonly actions: ReadonlyArray<Action>
  /** Categories of the registry for which at least one of those actions is permitted; narrower ones are not repeated. */
  readonly categories: ReadonlyArray<string>
}

/**
 * Reads a licence as a table of purposes by recipients, by the rules of the decision point: a permission must name action, purpose and
 * recipient, and a prohibition that touches them takes away.
 */
export function licenceMatrix(
  rules: ReadonlyArray<LicenceRule>,
  purposes: ReadonlyArray<string>,
  recipients: ReadonlyArray<string>,
  known: Recipients
): ReadonlyArray<LicenceCell> {
  const { masks } = compileRules(rules, known)
  return purposes.flatMap((purpose) =>
    recipients.map((recipient): LicenceCell => {
      const about = { purpose: purposeTerms.get(purpose)?.bit ?? 0n, recipient: known.get(recipient)?.bit ?? 0n }
      const left = actions.map((action) => permittedCategories(masks, action, about))
      const all = left.reduce((mask, { permitted }) => mask | permitted, 0n)
      const done = actions.filter((_, i) => left[i]!.permitted !== 0n)
      return {
        purpose,
        recipient,
        answer: done.length > 0 ? "permitted" : left.some(({ forbidden }) => forbidden) ? "forbidden" : "silent",
        actions: done,
        categories: broadest(all)
      }
    })
  )
}

interface About {
  readonly purpose: bigint
  readonly recipient: bigint
}

function permittedCategories(masks: ReadonlyArray<RuleMasks>, action: Action, { purpose, recipient }: About) {
  const bit = actionMask([action])
  const touched = masks.filter(
    (rule) =>
      (rule.actions & bit) !== 0n && (rule.recipients & recipient) !== 0n && (rule.purposes & purpose) === purpose
  )
  const union = (effect: RuleMasks["effect"]): bigint =>
    touched.filter((rule) => rule.effect === effect).reduce((mask, { categories }) => mask | categories, 0n)
  const forbidden = union("prohibit")
  const whole = [...categoryTerms.values()].reduce((mask, { bit: one }) => mask | one, 0n)
  return { permitted: purpose === 0n ? 0n : union("permit") & ~forbidden & whole, forbidden: forbidden !== 0n }
}

/** Categories in a mask without those that a broader one in it covers. */
function broadest(mask: bigint): ReadonlyArray<string> {
  const inside = [...categoryTerms].filter(([, { covers }]) => (covers & mask) === covers)
  return inside
    .filter(([id, { bit }]) => !inside.some(([other, { covers }]) => other !== id && (covers & bit) !== 0n))
    .map(([id]) => id)
}
