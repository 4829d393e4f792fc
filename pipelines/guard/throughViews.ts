import { Predicate } from "effect"
import { BadInput } from "#core/BadInput.ts"
import type { QueryNode } from "../lineage/StatementTree.ts"

const harmless = new Set(["unnest", "range", "generate_series"])
/** Functions within expressions that tell of the machine or the engine, or leave something behind. */
const telling =
  /^(?:write_log|current_setting|getvariable|getenv|current_query|query|nextval|currval|txid_current|pg_.*|duckdb_.*|pragma_.*|.*_secret|force_checkpoint|checkpoint|in_search_path|current_schemas?|current_database|current_catalog|parse_duckdb_log_message)$/

/** The `schema.table` names that a parsed statement reads; refuses whatever else could read rows. */
export function tablesIn(asset: string, tree: QueryNode): ReadonlySet<string> {
  const tables = new Set<string>()
  const named = new Set<string>()
  const local = new Set<string>()
  visit(tree, (node) => {
    if (node["type"] === "TABLE_FUNCTION") {
      const name = String((node["function"] as { function_name?: unknown } | undefined)?.function_name ?? "")
      if (!harmless.has(name.toLowerCase())) throw forbidden(asset, `the table function ${name.slice(0, 60)}`)
    }
    if (node["class"] === "FUNCTION") {
      const name = String(node["function_name"]).toLowerCase()
      if (telling.test(name)) throw forbidden(asset, `the function ${name.slice(0, 60)}`)
    }
    if (node["type"] === "SHOW_REF") throw forbidden(asset, "SHOW or DESCRIBE")
    if ("cte_map" in node) {
      for (const { key } of (node["cte_map"] as QueryNode["cte_map"]).map) local.add(key.toLowerCase())
    }
    if (node["type"] !== "BASE_TABLE") return
    if (node["catalog_name"] !== "") throw forbidden(asset, "a table of another catalog")
    if (node["schema_name"] === "") named.add(String(node["table_name"]).toLowerCase())
    else tables.add(`${String(node["schema_name"])}.${String(node["table_name"])}`)
  })
  for (const name of named) if (!local.has(name)) throw forbidden(asset, `${name.slice(0, 60)}, which is no asset`)
  return tables
}

/** The statement with each table read through its view. */
export function throughViews(
  tree: QueryNode,
  views: ReadonlyMap<string, readonly [schema: string, name: string]>
): QueryNode {
  const replace = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replace)
    if (!Predicate.isObject(value)) return value
    const node = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replace(member)]))
    if (node["type"] !== "BASE_TABLE" || node["schema_name"] === "") return node
    const [schema_name, table_name] = views.get(`${String(node["schema_name"])}.${String(node["table_name"])}`)!
    return { ...node, schema_name, table_name, alias: node["alias"] === "" ? node["table_name"] : node["alias"] }
  }
  return replace(tree) as QueryNode
}

function visit(value: unknown, see: (node: Readonly<Record<string, unknown>>) => void): void {
  if (Array.isArray(value)) for (const one of value) visit(one, see)
  else if (Predicate.isObject(value)) {
    see(value as Readonly<Record<string, unknown>>)
    for (const one of Object.values(value)) visit(one, see)
  }
}

const forbidden = (asset: string, what: string): BadInput =>
  new BadInput({
    code: "asset.reads",
    message: `The SQL of ${asset} reads ${what}.`,
    fix: "Read assets only, each named schema.table, and the functions unnest, range and generate_series.",
    where: { asset }
  })
