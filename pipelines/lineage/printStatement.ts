import { Effect } from "effect"
import type { Session } from "#core/warehouse/Session.ts"
import type { QueryNode } from "./StatementTree.ts"

/** The SQL of a statement tree. */
export const printStatement = Effect.fnUntraced(function* (session: Session, node: QueryNode) {
  const tree = JSON.stringify({ error: false, statements: [{ node, named_param_map: [] }] })
  const [row] = yield* session.query<{ sql: string }>("select json_deserialize_sql($tree::json) as sql", { tree })
  return row!.sql
})
