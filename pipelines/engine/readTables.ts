import { Effect, Predicate } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"

/**
 * The `schema.table` names that a statement reads, sorted, from the engine's own parse; names without a schema are the
 * statement's own subqueries, since asset SQL qualifies what it reads.
 */
export const readTables = Effect.fn("readTables")(function* (asset: string, sql: string) {
  const warehouse = yield* Warehouse
  const [row] = yield* warehouse.query<{ tree: string }>(
    `select json_serialize_sql(${quoteText(sql)})::varchar as tree`
  )
  const tree: unknown = JSON.parse(row!.tree)
  if (Predicate.hasProperty(tree, "error") && tree.error === true) {
    const reason = Predicate.hasProperty(tree, "error_message") ? String(tree.error_message) : "it does not parse"
    return yield* new BadInput({
      code: "asset.sql",
      message: `The SQL of ${asset} cannot be read: ${reason.split("\n")[0]!.slice(0, 300)}`,
      fix: "An asset is one SELECT statement; names are written schema.table.",
      where: { asset }
    })
  }
  const names = new Set<string>()
  collect(tree, names)
  return [...names].sort()
})

function collect(node: unknown, names: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) collect(item, names)
  } else if (Predicate.isObject(node)) {
    const { type, schema_name, table_name } = node as Record<string, unknown>
    if (type === "BASE_TABLE" && Predicate.isString(schema_name) && schema_name !== "") {
      names.add(`${schema_name}.${String(table_name)}`)
    }
    for (const member of Object.values(node)) collect(member, names)
  }
}
