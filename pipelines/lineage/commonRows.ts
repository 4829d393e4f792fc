import type { Expression, QueryNode } from "./StatementTree.ts"
import { treeNodes } from "./treeNodes.ts"

const { call, column, truth } = treeNodes

/**
 * A set operation whose rows tell their events: both sides one below the other, equal rows made one as DISTINCT does, those kept that are on both
 * sides (INTERSECT, which have the events of both) or on the left one alone (EXCEPT, to which the right one gives nothing).
 *
 * @param union  the operation with both of its sides rewritten
 * @param distinct  a node with a subquery in its FROM, which makes equal rows one
 */
export function commonRows(union: QueryNode, kind: "EXCEPT" | "INTERSECT", distinct: QueryNode): QueryNode {
  const [star, gathered] = distinct.select_list!
  const below = (node: QueryNode): QueryNode["from_table"] => ({
    ...distinct.from_table!,
    subquery: { ...distinct.from_table!.subquery!, node }
  })
  const side = (node: QueryNode, isRight: boolean): QueryNode => ({
    ...distinct,
    select_list: [
      { ...star!, exclude_list: [] },
      { ...truth(isRight), alias: "_right" }
    ],
    aggregate_handling: "STANDARD_HANDLING",
    from_table: below(node)!
  })
  const both = {
    ...union,
    setop_type: "UNION",
    modifiers: [],
    cte_map: { map: [] },
    left: side(union.left!, false),
    right: side(union.right!, true)
  }
  const right = (all: "bool_and" | "bool_or"): Expression => call(all, [column(["_right"])])
  return {
    ...distinct,
    cte_map: union.cte_map,
    modifiers: union.modifiers,
    select_list: [{ ...star!, exclude_list: ["_src", "_right"] }, gathered!],
    from_table: below(both)!,
    having: kind === "EXCEPT" ? not(right("bool_or")) : and(right("bool_or"), not(right("bool_and")))
  }
}

const not = (child: Expression): Expression =>
  ({ class: "OPERATOR", type: "OPERATOR_NOT", alias: "", query_location: 0, children: [child] }) as Expression

const and = (...children: ReadonlyArray<Expression>): Expression =>
  ({ class: "CONJUNCTION", type: "CONJUNCTION_AND", alias: "", query_location: 0, children }) as Expression
