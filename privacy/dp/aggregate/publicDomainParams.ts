import type { PublicDomain } from "./PublicDomain.ts"

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
