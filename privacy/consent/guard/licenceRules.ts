import { Effect } from "effect"
import type { Session } from "#core/warehouse/Session.ts"
import type { RuleMasks } from "../decide/RuleMasks.ts"

interface RuleRow {
  readonly prohibits: boolean
  readonly actions: number | bigint
  readonly purposes: number | bigint
  readonly recipients: number | bigint
  readonly categories: number | bigint
}

/** Writes the compiled rules of terms; `of` names the terms that an intersection was made from. */
export const writeRules = Effect.fnUntraced(function* (
  session: Session,
  terms: number,
  rules: ReadonlyArray<RuleMasks>,
  of?: ReadonlyArray<number>
) {
  for (const { effect, actions, purposes, recipients, categories } of rules) {
    yield* session.run(
      "insert into _base.rule values ($terms, $prohibits, $actions, $purposes, $recipients, $categories)",
      { terms, prohibits: effect === "prohibit", actions, purposes, recipients, categories }
    )
  }
  const list = of === undefined ? "null" : `[${of.join(", ")}]::uinteger[]`
  yield* session.run(`insert into _base.compiled values ($terms, ${list})`, { terms })
})

export const readRules = Effect.fnUntraced(function* (session: Session, terms: number) {
  const rows = yield* session.query<RuleRow>("select * exclude (terms) from _base.rule where terms = $terms", { terms })
  return rows.map((row): RuleMasks => ({
    effect: row.prohibits ? "prohibit" : "permit",
    actions: BigInt(row.actions),
    purposes: BigInt(row.purposes),
    recipients: BigInt(row.recipients),
    categories: BigInt(row.categories)
  }))
})
