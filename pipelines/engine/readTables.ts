import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { readStatements } from "./readStatements.ts"

/**
 * The `schema.table` names that a statement reads, sorted, from the engine's own parse; names without a schema are the
 * statement's own subqueries, since asset SQL qualifies what it reads.
 */
export const readTables = Effect.fn("readTables")(function* (asset: string, sql: string) {
  const { tables, problem } = (yield* readStatements([sql]))(sql)
  if (problem !== undefined) {
    return yield* new BadInput({
      code: "asset.sql",
      message: `The SQL of ${asset} cannot be read: ${problem}`,
      fix: "An asset is one SELECT statement; names are written schema.table.",
      where: { asset }
    })
  }
  return tables
})
