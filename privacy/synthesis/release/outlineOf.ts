import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import type { SyntheticSpec } from "#core/release/SyntheticSpec.ts"

/**
 * What a synthetic release looks like from outside: columns made of the asset's columns, no figures. Lineage, grain and the
 * guard's questions are the same as for an aggregate that lists its keys.
 */
export function outlineOf({ unit, columns, population, rows_per_subject, epsilon, delta }: SyntheticSpec): ReleaseSpec {
  const made = Object.entries(columns).filter(
    ([, own]) => typeof own === "number" || (own.type !== "key" && own.type !== "text")
  )
  return {
    kind: "dp_aggregate",
    unit,
    by: made.map(([name]) => name),
    measures: [],
    bounds: { groups_per_subject: rows_per_subject ?? 1 },
    ...(population === undefined ? {} : { population }),
    epsilon,
    delta
  }
}
