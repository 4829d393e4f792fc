/**
 * Rewrites a statement so that each row also tells the raw events whose values went into it, in a last column `_src`: a row of one
 * event has a list of one, a join appends the lists of both sides, a group flattens the lists of its members. The columns stay what they
 * were, so a predicate on them can be pushed down to the scans, and nothing has to be stored when the asset is made.
 *
 * What only decides (WHERE, EXISTS, a semi join) contributes nothing: column lineage calls it INDIRECT. A window function contributes
 * the events of its frame, a rank none.
 */
import { commonRows } from "./commonRows.ts"
import { NotTraceable } from "./NotTraceable.ts"
import type { Provenance } from "./Provenance.ts"
import type { Expression, QueryNode, TableRef } from "./StatementTree.ts"
import { treeNodes } from "./treeNodes.ts"

const { column } = treeNodes

/** What the rewriting knows of the world. */
export interface ProvenanceScope {
  /** The assets whose rows are events and carry `_event_id`. */
  readonly carries: (key: string) => boolean
  /** The table of an asset that was stored with the events of each row in `_src`. */
  readonly edges: (key: string) => string | undefined
  /** What to read instead of a table whose rows are events, such as those that had arrived by some time. */
  readonly narrow?: (key: string) => QueryNode | undefined
  /** The statement behind an asset that has to be looked through. */
  readonly statement: (key: string) => QueryNode | undefined
  readonly isAggregate: (name: string) => boolean
  readonly provenance: Provenance
  /** The statement is run only once, so what it chooses or draws stands as it comes. */
  readonly once: boolean
}

export function provenanceTree(
  node: QueryNode,
  scope: ProvenanceScope,
  names: ReadonlySet<string> = new Set()
): QueryNode {
  if (node.type === "RECURSIVE_CTE_NODE") {
    throw new NotTraceable("recursion", "Write the steps out as joins, or let the statement carry _event_id.")
  }
  const known = new Set(names)
  const map = node.cte_map.map.map((entry) => {
    const inner = provenanceTree(entry.value.query.node, scope, known)
    known.add(entry.key.toLowerCase())
    return { ...entry, value: { ...entry.value, query: { ...entry.value.query, node: inner } } }
  })
  const own = { ...node, cte_map: { map } }
  if (node.type === "SET_OPERATION_NODE") return setOperation(own, scope, known)
  if (node.type !== "SELECT_NODE") throw new NotTraceable("a statement that is no plain select")
  return selection(own, scope, known)
}

function setOperation(node: QueryNode, scope: ProvenanceScope, names: ReadonlySet<string>): QueryNode {
  const kind = node.setop_type ?? ""
  if (!kind.startsWith("UNION") && node.setop_all === true) {
    throw new NotTraceable(`${kind} ALL, which keeps some of the rows that are equal`, `Use ${kind} without ALL.`)
  }
  const [left, right] = [node.left!, node.right!].map((side) => provenanceTree(side, scope, names))
  const union = { ...node, left: left!, right: right!, setop_all: true }
  if (kind === "EXCEPT" || kind === "INTERSECT") return commonRows(union, kind, scope.provenance.distinct)
  return node.setop_all === true ? union : distinctRows(union, scope)
}

/** Equal rows become one that has the events of all; what follows the DISTINCT, such as an order, stays outside. */
function distinctRows(node: QueryNode, scope: ProvenanceScope): QueryNode {
  const at = node.modifiers.findIndex(({ type }) => type === "DISTINCT_MODIFIER")
  const inner = { ...node, modifiers: node.modifiers.slice(0, Math.max(at, 0)) }
  const from_table = {
    ...scope.provenance.distinct.from_table!,
    subquery: { ...scope.provenance.distinct.from_table!.subquery!, node: inner }
  }
  return { ...scope.provenance.distinct, from_table, modifiers: node.modifiers.slice(at + 1) }
}

function selection(node: QueryNode, scope: ProvenanceScope, names: ReadonlySet<string>): QueryNode {
  for (const { type, distinct_on_targets = [] } of node.modifiers) {
    const chooses = /LIMIT/.test(type) || distinct_on_targets.length > 0
    if (chooses && !scope.once) throw new NotTraceable("a choice of some rows among many")
  }
  const sources: Array<Expression> = []
  const hidden = { any: false }
  const from_table = node.from_table && follow(node.from_table, scope, names, sources, hidden)
  const items = (node.select_list ?? []).map((item) => withoutSource(item, hidden.any))
  const { group, none, together } = scope.provenance
  const own = sources.length === 0 ? none : sources.length === 1 ? sources[0]! : together(sources)
  const grouped =
    (node.group_expressions ?? []).length > 0 ||
    (node.group_sets ?? []).length > 0 ||
    node.aggregate_handling === "FORCE_AGGREGATES" ||
    [...(node.select_list ?? []), node.having].some((item) => aggregates(item, scope))
  const gathered = grouped ? group(own) : own
  const further = (node.select_list ?? []).flatMap((item) => contributions(item, scope, names, own, grouped))
  const source = { ...(further.length === 0 ? gathered : together([gathered, ...further])), alias: "_src" }
  const traced = { ...node, ...(from_table && { from_table }), select_list: [...items, source] }
  const merges = node.modifiers.some(
    ({ type, distinct_on_targets = [] }) => type === "DISTINCT_MODIFIER" && distinct_on_targets.length === 0
  )
  return merges ? distinctRows(traced, scope) : traced
}

/** Rewrites what stands in FROM and collects an expression for the events of each part. */
function follow(
  ref: TableRef,
  scope: ProvenanceScope,
  names: ReadonlySet<string>,
  sources: Array<Expression>,
  hidden: { any: boolean }
): TableRef {
  switch (ref.type) {
    case "JOIN": {
      if (ref.ref_type === "NATURAL" || (ref.ref_type !== "REGULAR" && ref.ref_type !== "CROSS" && !scope.once)) {
        throw new NotTraceable("a natural, asof or positional join")
      }
      const left = follow(ref.left!, scope, names, sources, hidden)
      // What a semi join looks at goes into no row.
      if (ref.join_type === "SEMI" || ref.join_type === "ANTI") return { ...ref, left }
      return { ...ref, left, right: follow(ref.right!, scope, names, sources, hidden) }
    }
    case "SUBQUERY": {
      const alias = ref.alias === "" ? `_from_${sources.length}` : ref.alias
      sources.push(column([alias, "_src"]))
      hidden.any = true
      return { ...ref, alias, subquery: { ...ref.subquery!, node: provenanceTree(ref.subquery!.node, scope, names) } }
    }
    case "BASE_TABLE": {
      const name = ref.alias === "" ? ref.table_name! : ref.alias
      if (ref.schema_name === "" && names.has(ref.table_name!.toLowerCase())) {
        sources.push(column([name, "_src"]))
        hidden.any = true
        return ref
      }
      const key = `${ref.schema_name}.${ref.table_name}`
      if (scope.carries(key)) {
        sources.push(scope.provenance.event(column([name, "_event_id"])))
        const narrow = scope.narrow?.(key)
        if (narrow === undefined) return ref
        const { sample, column_name_alias } = ref
        const subquery = { ...subqueryRef.subquery, node: narrow }
        return { ...subqueryRef, alias: name, sample, column_name_alias, subquery } as TableRef
      }
      const edges = scope.edges(key)
      if (edges !== undefined) {
        sources.push(scope.provenance.stored(column([name, "_src"])))
        hidden.any = true
        const [schema_name, table_name] = edges.split(".")
        return { ...ref, alias: name, schema_name: schema_name!, table_name: table_name! }
      }
      const behind = scope.statement(key)
      if (behind === undefined) throw new NotTraceable(`what ${key} is made from`)
      sources.push(column([name, "_src"]))
      hidden.any = true
      const node = provenanceTree(behind, scope)
      const { sample, column_name_alias } = ref
      const subquery = { ...subqueryRef.subquery, node }
      return { ...subqueryRef, alias: name, sample, column_name_alias, subquery } as TableRef
    }
    case "EMPTY":
    case "TABLE_FUNCTION":
    case "EXPRESSION_LIST":
      return ref
    default:
      throw new NotTraceable(
        "PIVOT or another reference to a table of its own shape",
        "Write each of its columns as an aggregate, such as sum(x) filter (where y = 'a')."
      )
  }
}

/** What the select list draws in besides the rows of FROM: scalar subqueries, and other rows through windows. */
function contributions(
  item: Expression,
  scope: ProvenanceScope,
  names: ReadonlySet<string>,
  own: Expression,
  grouped: boolean
): ReadonlyArray<Expression> {
  if (item.class === "SUBQUERY") {
    if (item.subquery_type !== "SCALAR") return []
    const node = provenanceTree(item.subquery!.node, scope, names)
    if (node.type !== "SELECT_NODE" || node.select_list === undefined) throw new NotTraceable("a subquery of sets")
    const only = { ...node, select_list: node.select_list.slice(-1) }
    return [{ ...item, alias: "", subquery: { ...item.subquery!, node: only } }]
  }
  if (item.class === "WINDOW") {
    if (/^WINDOW_(?:ROW_NUMBER|RANK|RANK_DENSE|NTILE|PERCENT_RANK|CUME_DIST)$/.test(item.type)) return []
    if (grouped) throw new NotTraceable("a window over groups")
    if (item.type !== "WINDOW_AGGREGATE") {
      return [{ ...item, alias: "", children: [own, ...(item.children ?? []).slice(1)] }]
    }
    return [scope.provenance.frame(item, own)]
  }
  return within(item).flatMap((part) => contributions(part, scope, names, own, grouped))
}

const aggregates = (item: Expression | null | undefined, scope: ProvenanceScope): boolean =>
  item !== null &&
  item !== undefined &&
  item.class !== "WINDOW" &&
  item.class !== "SUBQUERY" &&
  ((item.class === "FUNCTION" && scope.isAggregate(item.function_name ?? "")) ||
    within(item).some((part) => aggregates(part, scope)))

/** `*` stays what it was. */
function withoutSource(item: Expression, any: boolean): Expression {
  if (item.class !== "STAR") return item
  if (item.columns === true && item.expr !== null && any && !passesBy(item.expr)) {
    throw new NotTraceable("COLUMNS with a pattern")
  }
  return any && item.relation_name === "" ? { ...item, exclude_list: [...(item.exclude_list ?? []), "_src"] } : item
}

/** A pattern of column names that does not meet the hidden one; a lambda cannot be told. */
function passesBy(expr: unknown): boolean {
  const { type, value } = expr as { readonly type?: string; readonly value?: { readonly value?: unknown } }
  return type === "VALUE_CONSTANT" && typeof value?.value === "string" && !new RegExp(value.value).test("_src")
}

/** The expressions directly inside another. */
function within(item: Expression): ReadonlyArray<Expression> {
  const found: Array<Expression> = []
  const collect = (member: unknown): void => {
    if (Array.isArray(member)) for (const one of member) collect(one)
    else if (typeof member === "object" && member !== null) {
      if ("class" in member) found.push(member as Expression)
      else for (const one of Object.values(member)) collect(one)
    }
  }
  for (const member of Object.values(item)) collect(member)
  return found
}

const subqueryRef = { type: "SUBQUERY", query_location: 0, subquery: { named_param_map: [] } }
