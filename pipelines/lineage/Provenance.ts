import type { Expression, QueryNode } from "./StatementTree.ts"
import { treeNodes } from "./treeNodes.ts"

/**
 * What a row remembers of the events that went into it, as expressions: of one event, of nothing, of several parts that came together, of the
 * members of a group or a window's frame. Which events (a list) and whether some events (a flag) obey the same rules.
 */
export interface Provenance {
  readonly event: (id: Expression) => Expression
  /** Of a list of events that was stored when its table was made. */
  readonly stored: (list: Expression) => Expression
  readonly none: Expression
  readonly together: (parts: ReadonlyArray<Expression>) => Expression
  readonly group: (member: Expression) => Expression
  /** Over the frame of this window function. */
  readonly frame: (window: Expression, member: Expression) => Expression
  /** A node with a subquery in its FROM, which makes equal rows one. */
  readonly distinct: QueryNode
}

const { call, nothing } = treeNodes

/** Every row remembers the list of its events. */
export const whichEvents = (distinct: QueryNode): Provenance => ({
  event: (id) => call("list_value", [id]),
  stored: (list) => list,
  none: call("list_value", [nothing("UUID")]),
  together: (parts) => call("list_concat", parts),
  group: (member) => call("flatten", [call("list", [member])]),
  frame: (window, member) =>
    call("flatten", [
      { ...window, alias: "", function_name: "list", children: [member], distinct: false } as Expression
    ]),
  distinct
})

/** Every row remembers whether any of some events went into it; `among` tells it of one, `within` of a list. Costs a tenth of the lists. */
export const anyEvent = (
  distinct: QueryNode,
  among: (id: Expression) => Expression,
  within: (list: Expression) => Expression
): Provenance => ({
  event: among,
  stored: within,
  none: nothing("BOOLEAN"),
  together: (parts) =>
    ({ class: "CONJUNCTION", type: "CONJUNCTION_OR", alias: "", query_location: 0, children: parts }) as Expression,
  group: (member) => call("bool_or", [member]),
  frame: (window, member) =>
    ({ ...window, alias: "", function_name: "bool_or", children: [member], distinct: false }) as Expression,
  distinct
})
