import { NotTraceable } from "./NotTraceable.ts"
import type { ProvenanceScope } from "./provenanceTree.ts"
import type { QueryNode, TableRef } from "./StatementTree.ts"

/**
 * The same statement over nothing but some events: whatever it takes its rows from is narrowed to them, through every asset that has to
 * be looked through. What only decides is left as it is.
 *
 * @param narrowed  the node that reads an asset's rows of those events
 */
export function recomputeTree(
  node: QueryNode,
  scope: Pick<ProvenanceScope, "carries" | "statement">,
  narrowed: (key: string) => QueryNode,
  names: ReadonlySet<string> = new Set()
): QueryNode {
  const known = new Set(names)
  const map = node.cte_map.map.map((entry) => {
    const inner = recomputeTree(entry.value.query.node, scope, narrowed, known)
    known.add(entry.key.toLowerCase())
    return { ...entry, value: { ...entry.value, query: { ...entry.value.query, node: inner } } }
  })
  const below = (one: QueryNode): QueryNode => recomputeTree(one, scope, narrowed, known)
  const ref = (one: TableRef): TableRef => {
    if (one.type === "JOIN") {
      const decides = one.join_type === "SEMI" || one.join_type === "ANTI"
      return { ...one, left: ref(one.left!), right: decides ? one.right! : ref(one.right!) }
    }
    if (one.type === "SUBQUERY") return { ...one, subquery: { ...one.subquery!, node: below(one.subquery!.node) } }
    if (one.type !== "BASE_TABLE" || (one.schema_name === "" && known.has(one.table_name!.toLowerCase()))) return one
    const key = `${one.schema_name}.${one.table_name}`
    const behind = scope.statement(key)
    if (!scope.carries(key) && behind === undefined) throw new NotTraceable(`what ${key} is made from`)
    const alias = one.alias === "" ? one.table_name! : one.alias
    const inner = scope.carries(key) ? narrowed(key) : recomputeTree(behind!, scope, narrowed)
    return { ...emptySubquery, alias, subquery: { node: inner, named_param_map: [] } } as TableRef
  }
  return {
    ...node,
    cte_map: { map },
    ...(node.from_table && { from_table: ref(node.from_table) }),
    ...(node.left && { left: below(node.left) }),
    ...(node.right && { right: below(node.right) })
  }
}

const emptySubquery = { type: "SUBQUERY", sample: null, query_location: 0, column_name_alias: [] }
