import type { PublicDomain } from "./PublicDomain.ts"

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
