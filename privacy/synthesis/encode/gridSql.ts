import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"

/** What must be known of a number column to place its values. */
export interface GridColumn {
  readonly name: string
  readonly format: "integer" | "real" | "date" | "money"
  readonly step: number
}

/**
 * The SQL that places a value on a column's grid, clamped to lower..upper in steps; null for what is missing, no number, NaN
 * or infinite. Clamped before it is cast, so no value raises.
 */
export function gridSql({ name, format, step }: GridColumn, lower: number, upper: number): string {
  const value = quoteIdentifier(name)
  if (format === "date") {
    const day = `try_cast(${value} as date)`
    const inside = `least(greatest(${day}, date '1970-01-01' + ${lower}), date '1970-01-01' + ${upper})`
    return `case when isfinite(${day}) then ${inside} - date '1970-01-01' end`
  }
  const number = `try_cast(${value} as double)`
  return `case when isfinite(${number}) then cast(least(greatest(round(${number} / ${step}), ${lower}), ${upper}) as bigint) end`
}
