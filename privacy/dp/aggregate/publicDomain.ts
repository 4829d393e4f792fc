/** The public values of one key column, in the order of the released table, and how a row finds its place among them. */
export type PublicDomain =
  | { readonly kind: "list"; readonly values: ReadonlyArray<string | number | boolean> }
  | {
      readonly kind: "numbers"
      readonly values: ReadonlyArray<number>
      readonly from: number
      /** half-open bins: value i holds from + i step <= x < from + (i + 1) step */
      readonly step: number
    }
  | {
      readonly kind: "days"
      /** first day of each bin */
      readonly values: ReadonlyArray<string>
      readonly from: string
      /** first day after the last bin */
      readonly end: string
      readonly part: "day" | "month"
      /** parts per bin */
      readonly step: number
    }

/**
 * SQL of the 0-based place of a key value in its domain, null outside; total for every value of `key`.
 * @param key     SQL of the key value, of the family that the plan has checked
 * @param prefix  of the parameters that `publicDomainParams` binds
 */
export function publicDomainSql(domain: PublicDomain, key: string, prefix: string): string {
  switch (domain.kind) {
    case "list":
      return `list_position($${prefix}_list, cast(${key} as varchar)) - 1`
    case "numbers":
      return (
        `case when ${key} >= $${prefix}_from and ${key} < $${prefix}_end ` +
        `then least(cast(floor((cast(${key} as double) - $${prefix}_from) / $${prefix}_step) as bigint), ${domain.values.length - 1}) end`
      )
    case "days":
      return (
        `case when ${key} >= cast($${prefix}_from as date) and ${key} < cast($${prefix}_end as date) ` +
        `then datediff('${domain.part}', cast($${prefix}_from as date), cast(${key} as date)) // ${domain.step} end`
      )
  }
}

/** The values that `publicDomainSql` refers to. */
export function publicDomainParams(
  domain: PublicDomain,
  prefix: string
): Record<string, string | number | ReadonlyArray<string>> {
  switch (domain.kind) {
    case "list":
      return { [`${prefix}_list`]: domain.values.map(String) }
    case "numbers":
      return {
        [`${prefix}_from`]: domain.from,
        [`${prefix}_end`]: domain.from + domain.step * domain.values.length,
        [`${prefix}_step`]: domain.step
      }
    case "days":
      return { [`${prefix}_from`]: domain.from, [`${prefix}_end`]: domain.end }
  }
}
