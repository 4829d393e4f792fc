import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import type { Asset } from "../engine/Asset.ts"
import { quoteKey } from "../engine/madeTable.ts"

/** A statement with the same columns and column lineage as a release, without its noise; only ever bound, never run. */
export function releaseStatement({ config, deps }: Asset): string | undefined {
  const spec = (config as { readonly spec?: ReleaseSpec } | undefined)?.spec
  if (spec === undefined || deps[0] === undefined) return undefined
  const keys = spec.by.flatMap((key) =>
    typeof key === "string"
      ? [quoteIdentifier(key)]
      : Object.entries(key).map(([name, sql]) => `${sql} as ${quoteIdentifier(name)}`)
  )
  const measures = spec.measures.map((measure) => {
    const named = Object.entries(measure).find(
      ([part, value]) => ["sum", "mean", "variance", "of"].includes(part) && typeof value === "string"
    )
    const counted = "count" in measure && measure.count === "subjects" ? quoteIdentifier(spec.unit) : "*"
    const value = named === undefined ? `count(${counted})` : `max(${quoteIdentifier(String(named[1]))})`
    return `${value} as ${quoteIdentifier(measure.name)}`
  })
  return `select ${[...keys, ...measures].join(", ")} from ${quoteKey(deps[0])} group by all`
}
