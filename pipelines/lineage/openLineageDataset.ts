import type { BoundAsset } from "./BoundAsset.ts"
import { columnLineageFacet } from "./columnLineageFacet.ts"
import { openLineageFacet } from "./openLineageFacet.ts"

/** A dataset as OpenLineage names it: the namespace is the database, the name the asset. */
export interface OpenLineageDataset {
  readonly namespace: string
  readonly name: string
  readonly facets: Readonly<Record<string, object>>
  readonly inputFacets?: Readonly<Record<string, object>>
  readonly outputFacets?: Readonly<Record<string, object>>
}

/** A dataset with its schema; where it is what a job writes, also with its column lineage and our own facts. */
export function openLineageDataset(
  key: string,
  { bound, namespace }: { readonly bound: ReadonlyMap<string, BoundAsset>; readonly namespace: string },
  written: boolean
): OpenLineageDataset {
  const one = bound.get(key)
  if (one === undefined) return { namespace, name: key, facets: {} }
  const columns = one.columns.filter(({ name }) => !name.startsWith("_"))
  const spec = (one.asset.config as { readonly spec?: { epsilon?: number; delta?: number; unit?: string } } | undefined)
    ?.spec
  const lineage = columnLineageFacet(one, namespace)
  return {
    namespace,
    name: key,
    facets: {
      schema: openLineageFacet.schema(columns),
      ...(written && lineage !== undefined ? { columnLineage: lineage } : {}),
      ...(written
        ? { assay_record: openLineageFacet.own("DatasetFacet", { class: one.record, carriesEvent: one.carries }) }
        : {}),
      ...(written && one.record === "barrier" && spec !== undefined
        ? {
            assay_privacy: openLineageFacet.own("DatasetFacet", {
              mechanism: "differential privacy",
              epsilon: spec.epsilon,
              delta: spec.delta,
              unit: spec.unit
            })
          }
        : {})
    }
  }
}
