import type { ColumnDomain } from "#core/release/ColumnDomain.ts"
import type { MadeColumn } from "#pricing/index/syntheticQuality.ts"

/** The made-up columns of a release whose domain is declared whole: a column that a mechanism found the values of says nothing of itself. */
export const madeColumns = (
  domains: Readonly<Record<string, ColumnDomain>>,
  table: Readonly<Record<string, ReadonlyArray<unknown>>>
): ReadonlyArray<MadeColumn> =>
  Object.entries(domains).flatMap(([name, domain]) => {
    const values = table[name]
    const cells = values === undefined ? undefined : cellsOf(domain)
    return values === undefined || cells === undefined ? [] : [{ name, values, ...cells }]
  })

function cellsOf(domain: ColumnDomain): Pick<MadeColumn, "cells" | "cellOf"> | undefined {
  if (typeof domain === "number") return withNull(false, domain, (value) => inRange(Number(value), 0, domain, domain))
  if (domain.type === "categorical") return ofList(domain)
  if (domain.type === "key" || domain.type === "text") return undefined
  const { lower, upper, bins = 1, null: nullable = false } = domain
  if (typeof lower !== "number" || typeof upper !== "number") return undefined
  return withNull(nullable, bins, (value) => {
    const number = Number(value)
    return number === upper ? bins - 1 : inRange(number, lower, upper, bins)
  })
}

function ofList(domain: Extract<ColumnDomain, { readonly type: "categorical" }>) {
  if (!Array.isArray(domain.values)) return undefined
  const places = new Map(domain.values.map((value, i) => [String(value), i]))
  if (domain.other !== undefined) places.set(domain.other, places.size)
  return withNull(domain.null ?? false, places.size, (value) => places.get(String(value)))
}

const inRange = (value: number, lower: number, upper: number, bins: number): number | undefined =>
  value >= lower && value < upper ? Math.floor(((value - lower) / (upper - lower)) * bins) : undefined

/** Missing values are a cell of their own where they may be. */
const withNull = (
  nullable: boolean,
  cells: number,
  cellOf: (value: unknown) => number | undefined
): Pick<MadeColumn, "cells" | "cellOf"> => ({
  cells: nullable ? cells + 1 : cells,
  cellOf: (value) => (value === null || value === undefined ? (nullable ? cells : undefined) : cellOf(value))
})
