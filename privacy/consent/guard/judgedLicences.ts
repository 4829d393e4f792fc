import type { Params } from "#core/warehouse/Session.ts"
import { operationMasks } from "../decide/operationMasks.ts"
import type { Recipients } from "../decide/compileRules.ts"
import { denials } from "../Operation.ts"
import type { Denial, Operation } from "../Operation.ts"
import { grantTerms } from "./licenceTables.ts"

const number = (denial: Denial): number => denials.indexOf(denial) + 1
const reasons = { purpose: number("purpose"), recipient: number("recipient"), category: number("category") }

/** Two ways to ask the same: why or why not, and, at a third of the cost, only which. */
export interface JudgedLicences {
  /** `(lic, reason)`: 0 where the operation may use its records, else the place of the first denial from 1. */
  readonly sql: string
  /** `lic` of those with reason 0. */
  readonly allowed: string
  readonly params: Params
}

/**
 * SQL that judges every licence: `(lic, reason)`, 0 where the operation may use its records, else the place of the first denial from 1.
 * Rules are judged once for each terms, which many licences share. A permission must name every action, one of the purposes and
 * one of the recipient's classes; its categories add up to what the plan reads. A prohibition that touches any of it takes it away.
 */
export function judgedLicences(operation: Operation, known: Recipients): JudgedLicences {
  const { terms } = operation
  const { actions, purposes, recipients, categories, unknown } = operationMasks(operation, known)
  const served = "not prohibits and actions & $actions = $actions and purposes & $purposes <> 0"
  // Rules compiled by an earlier version said nothing of passing on: declared ones allow it, granted ones did not.
  const within = `(territory is null or list_has_all(territory, $territory::varchar[]))
    and (coalesce(onward, terms < ${grantTerms}) or not $onward) and min_k <= $k and max_epsilon >= $epsilon`
  const reached = `${served} and recipients & $recipients <> 0${terms === undefined ? "" : ` and ${within}`}`
  const forbidden =
    "prohibits and actions & $actions <> 0 and purposes & $purposes = $purposes and recipients & $recipients <> 0"
  const judged = `
    select terms, bool_or(${served}) as served, bool_or(${reached}) as reached,
      bit_or(case when ${reached} then categories else 0 end) & $categories = $categories
        and bit_or(case when ${forbidden} then categories else 0 end) & $categories = 0 as covered
    from _base.rule group by terms`
  return {
    sql: `
      select lic, case
        when l.terms = 0 then ${number("no licence")}
        when nbf > $asOf or exp <= $asOf or exp < $until then ${number("expired")}
        when not coalesce(served, false) or $unknown = ${reasons.purpose} then ${reasons.purpose}
        when not coalesce(reached, false) or $unknown = ${reasons.recipient} then ${reasons.recipient}
        when not coalesce(covered, false) or $unknown = ${reasons.category} then ${reasons.category}
        when evidence < $evidence then ${number("evidence")}
        when state > 0 then ${number("frozen")}
        else 0 end as reason
      from _base.licence l left join (${judged}) j on j.terms = l.terms`,
    allowed: `
      select lic from _base.licence join (select terms from (${judged}) where covered and terms > 0 and $unknown = 0) using (terms)
      where state = 0 and evidence >= $evidence and nbf <= $asOf and exp > $asOf and exp >= $until`,
    params: {
      actions,
      purposes,
      recipients,
      categories,
      evidence: operation.evidence,
      asOf: operation.asOf,
      until: operation.until ?? operation.asOf,
      unknown: unknown === undefined ? 0 : reasons[unknown.what],
      ...(terms === undefined
        ? {}
        : {
            territory: terms.territory,
            onward: terms.onward,
            k: terms.k,
            epsilon: terms.epsilon ?? Number.MAX_SAFE_INTEGER
          })
    }
  }
}
