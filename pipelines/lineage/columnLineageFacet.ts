import type { BoundAsset } from "./BoundAsset.ts"
import type { ColumnSources } from "./columnLineage.ts"
import { openLineageFacet } from "./openLineageFacet.ts"

/** More input fields than this and the facet is left out: a consumer would rather ask for it. */
const mostFields = 10_000

interface Transformation {
  readonly type: "DIRECT" | "INDIRECT"
  readonly subtype: string
  readonly description: string
  readonly masking: boolean
}

/** Column lineage as the facet wants it; hidden columns are left out, and what noise has covered is `masking`. */
export function columnLineageFacet({ lineage, record, statement }: BoundAsset, namespace: string): object | undefined {
  const masking = record === "barrier"
  const columns = Object.entries(lineage.columns).filter(([name]) => !name.startsWith("_"))
  if (columns.length === 0 || (statement === "" && !masking)) return undefined
  const inputFields = ({ direct, indirect }: ColumnSources) => {
    const ways = new Map<string, Array<Transformation>>()
    const add = (source: string, type: Transformation["type"], subtype: string): void => {
      ways.set(source, [...(ways.get(source) ?? []), { type, subtype, description: "", masking }])
    }
    for (const [source, how] of Object.entries(direct)) add(source, "DIRECT", how)
    for (const [source, hows] of Object.entries(indirect)) for (const how of hows) add(source, "INDIRECT", how)
    return [...ways].map(([source, transformations]) => {
      const at = source.indexOf(".", source.indexOf(".") + 1)
      return { namespace, name: source.slice(0, at), field: source.slice(at + 1), transformations }
    })
  }
  const fields = Object.fromEntries(columns.map(([name, sources]) => [name, { inputFields: inputFields(sources) }]))
  const dataset = inputFields({ direct: {}, indirect: lineage.rows })
  const total = dataset.length + Object.values(fields).reduce((sum, field) => sum + field.inputFields.length, 0)
  return total > mostFields ? undefined : openLineageFacet.columnLineage({ fields, dataset })
}
