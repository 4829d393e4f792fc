import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import type { Session } from "#core/warehouse/Session.ts"
import type { QueryNode } from "./StatementTree.ts"

/**
 * The parsed statement; `BadInput` for what is not exactly one query. Positions in its text are dropped: they are no safe integers. Columns lose the schema before their table, since the
 * table may become a subquery.
 */
export const parseStatement = Effect.fnUntraced(function* (
  session: Session,
  sql: string,
  schemas: ReadonlySet<unknown>
) {
  const [row] = yield* session.query<{ tree: string }>(`select json_serialize_sql(${quoteText(sql)})::varchar as tree`)
  const text = row!.tree.replaceAll(/"query_location":\d+/g, '"query_location":0')
  const short = (name: string, value: unknown): unknown =>
    name === "column_names" && Array.isArray(value) && value.length > 2 && schemas.has(value[0])
      ? value.slice(1)
      : value
  const { statements = [] } = JSON.parse(text, short) as { statements?: ReadonlyArray<{ node: QueryNode }> }
  const [only, ...more] = statements
  if (only !== undefined && more.length === 0) return only.node
  return yield* new BadInput({
    code: "asset.statement",
    message: `The SQL of an asset is ${only === undefined ? "no query" : `${statements.length} statements`}.`,
    fix: "Write one SELECT, without another statement after it."
  })
})
