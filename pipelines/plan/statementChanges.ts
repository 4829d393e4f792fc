import type { AssetColumn } from "../engine/Engine.ts"
import type { Expression, QueryNode } from "../lineage/StatementTree.ts"
import type { ColumnChange } from "./ColumnChange.ts"

/** A definition as far as its columns go: the parsed statement and what it yields. */
export interface Shape {
  /** Undefined where it is not known. */
  readonly tree: QueryNode | undefined
  readonly columns: ReadonlyArray<AssetColumn>
}

/** What a changed definition does to its own columns, whatever happens to those of its inputs. */
export function statementChanges(before: Shape, after: Shape): ReadonlyArray<ColumnChange> {
  const old = new Map(before.columns.map(({ name, type }) => [name, type]))
  const now = new Map(after.columns.map(({ name, type }) => [name, type]))
  const shape: ReadonlyArray<ColumnChange> = [
    ...[...old.keys()]
      .filter((name) => !now.has(name))
      .map((column): ColumnChange => ({ column, class: "breaking", what: "removed" })),
    ...[...now].flatMap(([column, type]): ReadonlyArray<ColumnChange> => {
      const was = old.get(column)
      if (was === undefined) return [{ column, class: "non_breaking", what: "added" }]
      if (was === type) return []
      return [
        { column, class: widens(was, type) ? "non_breaking" : "breaking", what: "retyped", before: was, after: type }
      ]
    })
  ]
  const told = new Set(shape.map(({ column }) => column))
  const computed = expressionChanges(before.tree, after.tree, [...now.keys()])
  return computed === undefined
    ? [{ column: "*", class: "breaking", what: "rows" }, ...shape]
    : [
        ...shape,
        ...computed
          .filter((column) => !told.has(column))
          .map((column): ColumnChange => ({ column, class: "breaking", what: "computed" }))
      ]
}

/** The columns whose expression differs; undefined where the rows themselves may. */
function expressionChanges(
  before: QueryNode | undefined,
  after: QueryNode | undefined,
  names: ReadonlyArray<string>
): ReadonlyArray<string> | undefined {
  if (before === undefined || after === undefined || frame(before) !== frame(after)) return undefined
  if (before.left !== undefined && after.left !== undefined) {
    const sides = (["left", "right"] as const).map((side) => expressionChanges(before[side], after[side], names))
    return sides.includes(undefined) ? undefined : [...new Set(sides.flatMap((side) => side!))]
  }
  const [was, is] = [items(before), items(after)]
  const differing = names.filter((name) => was.get(name) !== is.get(name))
  // Under DISTINCT and GROUP BY ALL the select list decides on rows, so what is added or taken away there does too.
  const listed =
    after.aggregate_handling === "FORCE_AGGREGATES" || after.modifiers.some(({ type }) => type === "DISTINCT_MODIFIER")
  const same = was.size === is.size && differing.length === 0 && [...was.keys()].every((name) => is.has(name))
  if (listed && !same) return undefined
  const stars = [...is.keys()].filter((name) => name.startsWith("*"))
  // A star covers what nobody names; if it changes, so may all of that.
  return stars.every((star) => was.get(star) === is.get(star)) &&
    [...was.keys()].filter((name) => name.startsWith("*")).length === stars.length
    ? differing.filter((name) => is.has(name) || was.has(name))
    : names.filter((name) => !is.has(name) || differing.includes(name))
}

/** Everything of a statement but its select list, as text; the sides of a union are looked at by themselves. */
function frame(node: QueryNode): string {
  const { select_list, left, right, ...rest } = node
  return JSON.stringify({ ...rest, select: select_list !== undefined, sides: [left?.type, right?.type] })
}

/** Expressions by the name of the column that they make; stars by their place. */
function items(node: QueryNode): ReadonlyMap<string, string> {
  return new Map(
    (node.select_list ?? []).map(
      (item, i) => [item.class === "STAR" ? `*${i}` : nameOf(item), JSON.stringify(item)] as const
    )
  )
}

const nameOf = (item: Expression): string =>
  item.alias !== undefined && item.alias !== ""
    ? item.alias
    : ((item as { column_names?: ReadonlyArray<string> }).column_names?.at(-1) ?? JSON.stringify(item))

const sizes = ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"]

/** Every value of the one type is a value of the other. */
function widens(from: string, to: string): boolean {
  const [a, b] = [sizes.indexOf(from), sizes.indexOf(to)]
  if (a !== -1 && b !== -1) return a < b
  if (from === "FLOAT" && to === "DOUBLE") return true
  if (from === "DATE" && to === "TIMESTAMP") return true
  const [was, is] = [from, to].map((type) => /^DECIMAL\((\d+),(\d+)\)$/.exec(type)?.slice(1).map(Number))
  return was !== undefined && is !== undefined && was[1]! <= is[1]! && was[0]! - was[1]! <= is[0]! - is[1]!
}
