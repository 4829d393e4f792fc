import type { Expression, QueryNode, TableRef } from "./StatementTree.ts"

/**
 * The same statement with one of the tables it reads narrowed at a time, in every place where it is read: together they yield at least all
 * rows that owe something to the narrowed tables, as far as their unfolded columns go. Undefined where that would not hold: what folds, ranks,
 * chooses or asks below its surface.
 *
 * @param narrow  what to read instead of a table; undefined leaves it as it is
 */
export function narrowed(
  node: QueryNode,
  narrow: (key: string) => QueryNode | undefined
): ReadonlyArray<QueryNode> | undefined {
  if (node.cte_map.map.length > 0 || node.modifiers.some(({ type }) => !/^(?:ORDER|DISTINCT)_MODIFIER$/.test(type)))
    return undefined
  if (node.type === "SET_OPERATION_NODE") {
    if (node.setop_type?.startsWith("UNION") !== true) return undefined
    const sides = [node.left!, node.right!].map((side) => narrowed(side, narrow))
    return sides.some((side) => side === undefined) ? undefined : sides.flatMap((side) => side!)
  }
  if (node.type !== "SELECT_NODE" || node.from_table === undefined || (node.group_sets ?? []).length > 1)
    return undefined
  if ((node.select_list ?? []).some(asksFurther) || asksFurther(node.qualify)) return undefined
  const refs = narrowedRefs(node.from_table, narrow)
  // A group seen in part has other folded values, so what tests those does not apply.
  return refs?.map((from_table) => ({ ...node, from_table, having: null }))
}

/** The FROM clause once for each place where a narrowed table is read. */
function narrowedRefs(
  ref: TableRef,
  narrow: (key: string) => QueryNode | undefined
): ReadonlyArray<TableRef> | undefined {
  if (ref.type === "BASE_TABLE") {
    const node = narrow(`${ref.schema_name}.${ref.table_name}`)
    if (node === undefined) return ref.schema_name === "" ? undefined : []
    const { sample, column_name_alias } = ref
    if (sample !== null && sample !== undefined) return undefined
    const alias = ref.alias === "" ? ref.table_name! : ref.alias
    return [
      {
        type: "SUBQUERY",
        alias,
        sample: null,
        query_location: 0,
        column_name_alias,
        subquery: { node, named_param_map: [] }
      } as TableRef
    ]
  }
  if (ref.type !== "JOIN" || (ref.ref_type !== "REGULAR" && ref.ref_type !== "CROSS")) return undefined
  const { join_type = "INNER" } = ref
  if (join_type === "SEMI" || join_type === "ANTI") {
    return narrowedRefs(ref.left!, narrow)?.map((left) => ({ ...ref, left }))
  }
  const left = narrowedRefs(ref.left!, narrow)
  const right = narrowedRefs(ref.right!, narrow)
  if (left === undefined || right === undefined) return undefined
  // A row that owes something to a side has a match there: what an outer join adds for want of one is not asked for.
  const keeps = (side: "LEFT" | "RIGHT"): string =>
    join_type === "INNER" || join_type === side ? join_type : join_type === "OUTER" ? side : "INNER"
  return [
    ...left.map((one) => ({ ...ref, join_type: keeps("LEFT"), left: one })),
    ...right.map((one) => ({ ...ref, join_type: keeps("RIGHT"), right: one }))
  ]
}

function asksFurther(item: unknown): boolean {
  if (Array.isArray(item)) return item.some(asksFurther)
  if (typeof item !== "object" || item === null) return false
  const { class: kind } = item as Partial<Expression>
  return kind === "SUBQUERY" || kind === "WINDOW" || Object.values(item).some(asksFurther)
}
