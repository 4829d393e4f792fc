import type { Asset } from "../engine/Asset.ts"
import type { AssetColumn } from "../engine/Engine.ts"
import { declaredFields } from "../sources/load/declaredFields.ts"
import type { StreamSpec } from "../sources/SourceSpec.ts"

/** The columns that a stream's declaration promises, and those that landing adds; what else its files bring is not known before. */
export function contractColumns({ kind, config }: Asset): ReadonlyArray<AssetColumn> {
  const stream = (config as { readonly stream?: StreamSpec } | undefined)?.stream
  if (kind !== "source" || stream === undefined) return []
  const fields = new Map(declaredFields(stream).map(({ field }) => [field.toLowerCase(), field]))
  return [...[...fields.values()].map((name) => ({ name, type: "VARCHAR" })), ...landed]
}

const landed: ReadonlyArray<AssetColumn> = [
  { name: "_event_id", type: "UUID" },
  { name: "_batch", type: "VARCHAR" },
  { name: "_ingested_at", type: "TIMESTAMP" },
  { name: "_lic", type: "UINTEGER" },
  { name: "_subj", type: "UINTEGER" },
  { name: "_file", type: "UINTEGER" }
]
