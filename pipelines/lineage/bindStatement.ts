import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import type { Session } from "#core/warehouse/Session.ts"
import type { BoundOperator } from "./BoundPlan.ts"

type Serialized =
  | { readonly error: false; readonly plans: ReadonlyArray<BoundOperator> }
  | { readonly error: true; readonly error_message: string }

/**
 * The plan that the engine binds for a statement, before any optimization. What does not bind is a contract error: the statement asks for
 * a table or column that what it reads does not have, or uses one against its type.
 */
export const bindStatement = Effect.fn("bindStatement")(function* (twin: Session, asset: string, sql: string) {
  const [row] = yield* twin.query<{ plan: string }>(
    `select json_serialize_plan(${quoteText(sql)}, optimize := false)::varchar as plan`
  )
  const answer = JSON.parse(row!.plan) as Serialized
  if (!answer.error) return answer.plans[0]!
  return yield* new BadInput({
    code: "asset.contract",
    message: `The SQL of ${asset} does not fit what it reads: ${answer.error_message.split("\n")[0]!.slice(0, 300)}`,
    fix: "Name only tables and columns that the assets it reads have, and use each as its type allows.",
    where: { asset }
  })
})
