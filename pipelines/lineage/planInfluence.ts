import type { BoundExpression, BoundOperator } from "./BoundPlan.ts"
import { expressionInfluence } from "./expressionInfluence.ts"
import { nothing } from "./Influence.ts"
import type { Indirect, Influence } from "./Influence.ts"
import { changed, deciding, mergeIndirect, mergeInfluence } from "./mergeInfluence.ts"

/** What the columns of an operator are made from, by position, and what decides which rows there are. */
export interface Relation {
  readonly columns: ReadonlyArray<Influence>
  readonly rows: Influence["indirect"]
}

interface Scope {
  readonly named: ReadonlyMap<number, Relation>
  /** The outer columns that a correlated subquery sees. */
  readonly outer: ReadonlyArray<Influence>
}

const leaf: Relation = { columns: [], rows: new Map() }

/** Follows the bound plan from its scans upward; see DuckDB's logical operators for what each one's columns are. */
export function planInfluence(plan: BoundOperator, scope: Scope = { named: new Map(), outer: [] }): Relation {
  const inputs = (): ReadonlyArray<Relation> => plan.children.map((child) => planInfluence(child, scope))
  const expressions = plan.expressions ?? []
  switch (plan.type) {
    case "LOGICAL_GET":
      return plan.children.length > 0 ? tableFunction(plan, inputs()[0]!) : scan(plan)
    case "LOGICAL_DUMMY_SCAN":
      return { columns: [nothing], rows: new Map() }
    case "LOGICAL_EXPRESSION_GET":
      return { columns: (plan.expr_types ?? []).map(() => nothing), rows: new Map() }
    case "LOGICAL_DELIM_GET":
      return { columns: scope.outer.map((column) => ({ ...column, copied: true })), rows: new Map() }
    case "LOGICAL_CTE_REF":
      return (
        scope.named.get(plan.cte_index ?? -1) ?? {
          columns: (plan.chunk_types ?? []).map(() => nothing),
          rows: new Map()
        }
      )
    case "LOGICAL_MATERIALIZED_CTE": {
      const named = new Map(scope.named).set(plan.table_index ?? -1, planInfluence(plan.children[0]!, scope))
      return planInfluence(plan.children[1]!, { ...scope, named })
    }
    case "LOGICAL_RECURSIVE_CTE":
      return recursive(plan, scope)
    case "LOGICAL_UNION": {
      const both = inputs()
      return {
        columns: both[0]!.columns.map((_, i) => mergeInfluence(both.map((one) => one.columns[i] ?? nothing))),
        rows: mergeIndirect(both.map((one) => one.rows))
      }
    }
    case "LOGICAL_EXCEPT":
    case "LOGICAL_INTERSECT": {
      const both = inputs()
      const compared = both.flatMap((one) => one.columns).map((column) => deciding(column, "FILTER"))
      return { columns: both[0]!.columns, rows: mergeIndirect([...both.map((one) => one.rows), ...compared]) }
    }
    case "LOGICAL_DELIM_JOIN":
    case "LOGICAL_COMPARISON_JOIN":
    case "LOGICAL_ASOF_JOIN":
    case "LOGICAL_ANY_JOIN":
    case "LOGICAL_CROSS_PRODUCT":
    case "LOGICAL_POSITIONAL_JOIN":
      return join(plan, scope)
  }
  const [input = leaf] = inputs()
  const of = (expression: BoundExpression): Influence => expressionInfluence(expression, input.columns)
  const decided = (by: ReadonlyArray<Influence>, how: Indirect): Influence["indirect"] =>
    mergeIndirect([input.rows, ...by.filter((one) => one.copied !== true).map((one) => deciding(one, how))])
  switch (plan.type) {
    case "LOGICAL_PROJECTION":
      return { columns: expressions.map(of), rows: input.rows }
    case "LOGICAL_FILTER":
      return { columns: input.columns, rows: decided(expressions.map(of), "FILTER") }
    case "LOGICAL_AGGREGATE_AND_GROUP_BY": {
      const groups = (plan.groups ?? []).map(of)
      const groupings = (plan.grouping_functions ?? []).map(() => nothing)
      return { columns: [...groups, ...expressions.map(of), ...groupings], rows: decided(groups, "GROUP_BY") }
    }
    case "LOGICAL_WINDOW":
    case "LOGICAL_UNNEST":
      return { columns: [...input.columns, ...expressions.map(of)], rows: input.rows }
    case "LOGICAL_DISTINCT": {
      const rows = decided((plan.distinct_targets ?? []).map(of), "GROUP_BY")
      const sorted = (plan.order_by?.orders ?? []).map(({ expression }) => deciding(of(expression), "SORT"))
      return { columns: input.columns, rows: mergeIndirect([rows, ...sorted]) }
    }
    case "LOGICAL_ORDER_BY":
    case "LOGICAL_TOP_N":
      return {
        columns: input.columns,
        rows: decided(
          (plan.orders ?? []).map(({ expression }) => of(expression)),
          "SORT"
        )
      }
    default:
      return input
  }
}

function scan({ names = [], column_indexes = [], projection_ids = [], function_data }: BoundOperator): Relation {
  const read = projection_ids.length > 0 ? projection_ids.map((i) => column_indexes[i]!) : column_indexes
  if (function_data?.table === undefined) return { columns: read.map(() => nothing), rows: new Map() }
  const table = `${function_data.schema}.${function_data.table}`
  return {
    columns: read.map(({ index }) => {
      const name = names[index]
      return name === undefined ? nothing : { direct: new Map([[`${table}.${name}`, "IDENTITY"]]), indirect: new Map() }
    }),
    rows: new Map()
  }
}

/** A function that makes rows from a row, such as `unnest`. */
function tableFunction(
  { column_indexes = [], input_table_types = [], projected_input = [] }: BoundOperator,
  input: Relation
): Relation {
  const made = changed(mergeInfluence([nothing, ...input.columns.slice(0, input_table_types.length)]), "TRANSFORMATION")
  const handedOn = projected_input.map((i) => input.columns[i] ?? nothing)
  return { columns: [...column_indexes.map(() => made), ...handedOn], rows: input.rows }
}

function recursive(plan: BoundOperator, scope: Scope): Relation {
  let known = planInfluence(plan.children[0]!, scope)
  // Sources only grow and are finite, so this ends; a step can carry a source one column further.
  for (let i = 0; i <= known.columns.length; i++) {
    const named = new Map(scope.named).set(plan.table_index ?? -1, known)
    const step = planInfluence(plan.children[1]!, { ...scope, named })
    known = {
      columns: known.columns.map((column, j) => mergeInfluence([column, step.columns[j] ?? nothing])),
      rows: mergeIndirect([known.rows, step.rows])
    }
  }
  return known
}

function join(plan: BoundOperator, scope: Scope): Relation {
  const left = planInfluence(plan.children[0]!, scope)
  const copies = plan.duplicate_eliminated_columns ?? []
  const outer = copies.length > 0 ? copies.map((one) => expressionInfluence(one, left.columns)) : scope.outer
  const right = planInfluence(plan.children[1]!, { ...scope, outer })
  const compared = (plan.conditions ?? []).flatMap((condition) => {
    const sides = [
      expressionInfluence(condition.left, left.columns),
      expressionInfluence(condition.right, right.columns)
    ]
    const made = condition.comparison === "COMPARE_NOT_DISTINCT_FROM" && sides.some((side) => side.copied === true)
    return made ? [] : sides
  })
  const both = [...left.columns, ...right.columns]
  const further = [plan.condition, plan.predicate].filter((one) => one !== undefined && one !== null)
  const conditions = [...compared, ...further.map((one) => expressionInfluence(one, both))]
  const joined = conditions.map((one) => deciding(one, "JOIN"))
  switch (plan.join_type) {
    case "MARK": {
      const mark = changed(mergeInfluence([nothing, ...conditions]), "TRANSFORMATION")
      const indirect = mergeIndirect([mark.indirect, right.rows])
      return { columns: [...left.columns, { direct: mark.direct, indirect }], rows: left.rows }
    }
    case "SINGLE": {
      // A scalar subquery gives one value to each row: what decides in it decides on that value alone.
      const within = mergeIndirect([right.rows, ...joined])
      const values = right.columns.map((column) => ({ ...column, indirect: mergeIndirect([column.indirect, within]) }))
      return { columns: [...left.columns, ...values], rows: left.rows }
    }
    case "SEMI":
    case "ANTI":
      return { columns: left.columns, rows: mergeIndirect([left.rows, right.rows, ...joined]) }
    default:
      return { columns: both, rows: mergeIndirect([left.rows, right.rows, ...joined]) }
  }
}
