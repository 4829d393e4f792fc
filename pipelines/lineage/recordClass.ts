import type { BoundOperator } from "./BoundPlan.ts"

/**
 * How a row leads back to what it is made from. `source`: it is an event. `row_preserving`: each row comes from at most one row of each
 * input. `invertible`: rows are grouped by keys that are columns, or are equal in all of them, so the columns find the members again. `non_invertible`: which rows
 * stand depends on others (ranks, limits, samples) or on chance. `barrier`: noise stands in between; never row by row.
 */
export type RecordClass = "source" | "row_preserving" | "invertible" | "non_invertible" | "barrier"

export interface PlanShape {
  readonly record: Extract<RecordClass, "row_preserving" | "invertible" | "non_invertible">
  /** A row is made from one row of one table, whichever way it went. */
  readonly single: boolean
}

const oneToOne = new Set([
  "LOGICAL_GET",
  "LOGICAL_PROJECTION",
  "LOGICAL_FILTER",
  "LOGICAL_ORDER_BY",
  "LOGICAL_WINDOW",
  "LOGICAL_UNNEST",
  "LOGICAL_UNION",
  "LOGICAL_LIMIT",
  "LOGICAL_TOP_N",
  "LOGICAL_SAMPLE",
  "LOGICAL_DISTINCT",
  "LOGICAL_MATERIALIZED_CTE",
  "LOGICAL_CTE_REF",
  "LOGICAL_DUMMY_SCAN"
])
const dependsOnOthers = new Set([
  "LOGICAL_LIMIT",
  "LOGICAL_TOP_N",
  "LOGICAL_SAMPLE",
  "LOGICAL_POSITIONAL_JOIN",
  "LOGICAL_ASOF_JOIN"
])
/** Equal rows become one, so their columns lead back to them. Recursion is refused when it is followed, with what to do instead. */
const merges = new Set([
  "LOGICAL_AGGREGATE_AND_GROUP_BY",
  "LOGICAL_EXCEPT",
  "LOGICAL_INTERSECT",
  "LOGICAL_RECURSIVE_CTE"
])
const ranks = /^WINDOW_(?:ROW_NUMBER|RANK|RANK_DENSE|NTILE|PERCENT_RANK|CUME_DIST)$/

/** What gives another value each time cannot be replayed. */
const volatile = /"name":"(?:random|setseed|uuid|uuidv4|uuidv7|gen_random_uuid|nextval|currval)"/

/** Classifies a statement from its bound plan. */
export function recordClass(plan: BoundOperator): PlanShape {
  let [single, grouped, others] = [true, false, false]
  const visit = (operator: BoundOperator): void => {
    const { type, expressions = [], distinct_type } = operator
    if (!oneToOne.has(type)) single = false
    if (dependsOnOthers.has(type) || distinct_type === "DISTINCT_ON") others = true
    if (merges.has(type) || distinct_type === "DISTINCT") grouped = true
    if (type === "LOGICAL_WINDOW") {
      if (expressions.some((window) => ranks.test(window.type))) others = true
      if (expressions.some((window) => !ranks.test(window.type))) single = false
    }
    for (const child of operator.children) visit(child)
  }
  visit(plan)
  if (volatile.test(JSON.stringify(plan))) others = true
  return { record: others ? "non_invertible" : grouped ? "invertible" : "row_preserving", single }
}
