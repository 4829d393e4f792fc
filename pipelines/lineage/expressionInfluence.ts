import type { BoundExpression } from "./BoundPlan.ts"
import { nothing } from "./Influence.ts"
import type { Indirect, Influence } from "./Influence.ts"
import { changed, deciding, mergeIndirect, mergeInfluence } from "./mergeInfluence.ts"

/** What the value of an expression is made from, given what each column that it can refer to is made from. */
export function expressionInfluence(
  expression: BoundExpression,
  columns: ReadonlyArray<Influence | undefined>
): Influence {
  const of = (part: BoundExpression): Influence => expressionInfluence(part, columns)
  switch (expression.expression_class) {
    case "BOUND_REF":
      return columns[expression.index ?? 0] ?? nothing
    case "BOUND_COLUMN_REF":
      return columns[expression.binding?.column_index ?? 0] ?? nothing
    case "BOUND_CASE": {
      const checks = expression.case_checks ?? []
      const values = [...checks.map((check) => check.then_expr), ...present(expression.else_expr)].map(of)
      return decided(
        changed(mergeInfluence(values), "TRANSFORMATION"),
        checks.map((check) => of(check.when_expr)),
        "CONDITIONAL"
      )
    }
    case "BOUND_AGGREGATE": {
      const value = changed(mergeInfluence((expression.children ?? []).map(of)), "AGGREGATION")
      const sorted = decided(value, (expression.order_bys?.orders ?? []).map(ordered(of)), "SORT")
      return decided(sorted, present(expression.filter).map(of), "CONDITIONAL")
    }
    case "BOUND_WINDOW": {
      const how = expression.type === "WINDOW_AGGREGATE" ? "AGGREGATION" : "TRANSFORMATION"
      const own = expression.children ?? []
      const value = changed(mergeInfluence(own.map(of)), how)
      const frame = parts({ ...expression, children: [] }).map(of)
      return decided(value, frame, "WINDOW")
    }
    case "BOUND_FUNCTION":
      return expression.function_data?.lambda_expr ? lambda(expression, of) : through(expression, of)
    default:
      return through(expression, of)
  }
}

const through = (expression: BoundExpression, of: (part: BoundExpression) => Influence): Influence =>
  changed(mergeInfluence(parts(expression).map(of)), "TRANSFORMATION")

const present = <A>(value: A | null | undefined): ReadonlyArray<A> => (value ? [value] : [])

const ordered =
  (of: (part: BoundExpression) => Influence) =>
  ({ expression }: { readonly expression: BoundExpression }): Influence =>
    of(expression)

function decided(value: Influence, deciders: ReadonlyArray<Influence>, how: Indirect): Influence {
  if (deciders.length === 0) return value
  return {
    direct: value.direct,
    indirect: mergeIndirect([value.indirect, ...deciders.map((decider) => deciding(decider, how))])
  }
}

/** A lambda's parameters stand for elements of the list, its further columns for what it captures. */
function lambda(expression: BoundExpression, of: (part: BoundExpression) => Influence): Influence {
  const { name = "", children = [], function_data: data } = expression
  const [list = nothing, ...rest] = children.map(of)
  const reduces = /reduce/.test(name)
  const parameters = (reduces ? 2 : 1) + (data?.has_index === true ? 1 : 0)
  const position = data?.has_index === true ? [nothing] : []
  const [initial, captured] = data?.has_initial === true ? [rest.slice(0, 1), rest.slice(1)] : [[], rest]
  const elements = Array.from({ length: parameters - position.length }, () => changed(list, "TRANSFORMATION"))
  const body = expressionInfluence(data!.lambda_expr!, [...position, ...elements, ...captured])
  if (/filter/.test(name)) {
    const inner = expressionInfluence(data!.lambda_expr!, [...position, ...elements.map(() => nothing), ...captured])
    return decided(changed(list, "TRANSFORMATION"), [inner], "CONDITIONAL")
  }
  return changed(mergeInfluence([body, ...initial]), "TRANSFORMATION")
}

/** The expressions directly inside another, whatever its class. */
function parts(expression: BoundExpression): ReadonlyArray<BoundExpression> {
  const found: Array<BoundExpression> = []
  for (const [name, member] of Object.entries(expression)) if (name !== "function_data") collect(member, found)
  return found
}

function collect(member: unknown, found: Array<BoundExpression>): void {
  if (Array.isArray(member)) for (const item of member) collect(item, found)
  else if (typeof member === "object" && member !== null) {
    if ("expression_class" in member) found.push(member as BoundExpression)
    else if ("expression" in member) collect(member.expression, found)
  }
}
