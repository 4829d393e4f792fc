import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { Asset } from "./Asset.ts"

/**
 * The fingerprint of what decides an asset's rows: its statement's syntax tree, its contract, its configuration and the keys of what it
 * reads. Checks are not in it: changing a rule asks for a new check, not for new rows. Nor are the versions of what it reads: when they
 * bring other rows its inputs' data versions say so, and when they bring the same ones nothing has to be made again.
 *
 * @param fingerprint  from `readStatements`; null for what has no statement, or when the columns it follows are not there yet
 */
export function codeVersion(asset: Asset, fingerprint: string | null): string {
  const { kind, deps, grain, config, contract, partitions } = asset
  const split = kind.startsWith("incremental") && partitions !== undefined ? [partitions.type, partitions.by] : null
  const decides = { v: 2, kind, deps: [...deps].sort(), grain, statement: fingerprint, config: config ?? null }
  return sha256Hex(canonicalJson({ ...decides, contract: contract ?? null, split })).slice(0, 32)
}
