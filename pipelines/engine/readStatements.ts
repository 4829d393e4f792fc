import { Effect, Predicate } from "effect"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"

/** What the engine's own parse of a statement says of it. */
export interface Statement {
  /** `schema.table` names that it reads, sorted. */
  readonly tables: ReadonlyArray<string>
  /** Hash of the syntax tree: white space, comments, the case of keywords and redundant brackets do not show in it. */
  readonly fingerprint: string
  /** Why it does not parse. */
  readonly problem?: string
}

/** Statements that were read once; a text always parses the same. */
const read = new Map<string, Statement>()
const mostRead = 20_000

/** Parses statements, all that are new in one query. */
export const readStatements = Effect.fn("readStatements")(function* (texts: Iterable<string>) {
  const fresh = [...new Set(texts)].filter((text) => !read.has(text))
  if (fresh.length > 0) {
    const warehouse = yield* Warehouse
    const { values } = yield* warehouse.columns(
      "select json_serialize_sql(text)::varchar as tree from (select unnest($fresh::varchar[]) as text)",
      { fresh }
    )
    if (read.size + fresh.length > mostRead) read.clear()
    for (const [i, text] of fresh.entries()) read.set(text, statementOf(values["tree"]![i] as string))
  }
  return (text: string): Statement => read.get(text)!
})

function statementOf(tree: string): Statement {
  // Positions in the text are all that white space and comments leave behind.
  const bare = tree.replaceAll(/"query_location":\d+/g, '"query_location":0')
  const node: unknown = JSON.parse(bare)
  if (Predicate.hasProperty(node, "error") && node.error === true) {
    const problem = Predicate.hasProperty(node, "error_message") ? String(node.error_message) : "it does not parse"
    return { tables: [], fingerprint: "", problem: problem.split("\n")[0]!.slice(0, 300) }
  }
  // A second statement would be parsed and never asked about.
  const many = Predicate.hasProperty(node, "statements") && Array.isArray(node.statements) ? node.statements.length : 0
  if (many !== 1) return { tables: [], fingerprint: "", problem: `it is ${many} statements, where one is asked for` }
  const names = new Set<string>()
  collect(node, names)
  return { tables: [...names].sort(), fingerprint: sha256Hex(bare) }
}

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
