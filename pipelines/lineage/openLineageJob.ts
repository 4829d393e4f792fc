import type { BoundAsset } from "./BoundAsset.ts"
import { openLineageDataset } from "./openLineageDataset.ts"
import { openLineageFacet } from "./openLineageFacet.ts"

/** What makes an asset, told outside a run: a JobEvent of OpenLineage 2-0-2. */
export function openLineageJob(
  { asset, statement }: BoundAsset,
  around: { readonly bound: ReadonlyMap<string, BoundAsset>; readonly namespace: string },
  eventTime: string
): object {
  const sql = statement === "" ? {} : { sql: openLineageFacet.sql(statement) }
  return {
    eventTime,
    producer: openLineageFacet.producer,
    schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/JobEvent",
    job: {
      namespace: openLineageFacet.jobNamespace,
      name: asset.key,
      facets: { jobType: openLineageFacet.jobType("ASSET"), ...sql }
    },
    inputs: asset.deps.map((dep) => openLineageDataset(dep, around, false)),
    outputs: [openLineageDataset(asset.key, around, true)]
  }
}
