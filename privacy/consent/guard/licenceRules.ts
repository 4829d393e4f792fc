import { Effect } from "effect"
import type { Session } from "#core/warehouse/Session.ts"
import type { RuleLimits } from "../LicenceTerms.ts"
import type { RuleMasks } from "../decide/RuleMasks.ts"

interface RuleRow {
  readonly prohibits: boolean
  readonly actions: number | bigint
  readonly purposes: number | bigint
  readonly recipients: number | bigint
  readonly categories: number | bigint
  readonly limits: string | null
}

/** Writes the compiled rules of terms; `of` names the terms that an intersection was made from. */
export const writeRules = Effect.fnUntraced(function* (
  session: Session,
  terms: number,
  rules: ReadonlyArray<RuleMasks>,
  of?: ReadonlyArray<number>
) {
  for (const { effect, actions, purposes, recipients, categories, limits } of rules) {
    const prohibits = effect === "prohibit"
    yield* session.run(
      `insert into _base.rule (terms, prohibits, actions, purposes, recipients, categories, limits, onward, territory, min_k, max_epsilon)
       values ($terms, $prohibits, $actions, $purposes, $recipients, $categories, $limits, $onward, $territory::varchar[], $minK, $maxEpsilon)`,
      {
        terms,
        prohibits,
        actions,
        purposes,
        recipients,
        categories,
        limits: limits === undefined ? null : JSON.stringify(limits),
        onward: limits?.onward ?? true,
        // An empty list has no type to bind by; no country is called by nothing.
        territory: limits?.territory?.length === 0 ? [""] : (limits?.territory ?? null),
        minK: limits?.minK ?? 0,
        maxEpsilon: limits?.maxEpsilon ?? Number.MAX_SAFE_INTEGER
      }
    )
  }
  const list = of === undefined ? "null" : `[${of.join(", ")}]::uinteger[]`
  yield* session.run(`insert into _base.compiled values ($terms, ${list})`, { terms })
})

export const readRules = Effect.fnUntraced(function* (session: Session, terms: number) {
  const rows = yield* session.query<RuleRow>(
    "select prohibits, actions, purposes, recipients, categories, limits from _base.rule where terms = $terms",
    { terms }
  )
  return rows.map((row): RuleMasks => ({
    effect: row.prohibits ? "prohibit" : "permit",
    actions: BigInt(row.actions),
    purposes: BigInt(row.purposes),
    recipients: BigInt(row.recipients),
    categories: BigInt(row.categories),
    ...(row.limits === null ? {} : { limits: JSON.parse(row.limits) as RuleLimits })
  }))
})
