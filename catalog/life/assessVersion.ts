import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { Db } from "#core/records/Records.ts"
import { readContract } from "../contract/readContract.ts"
import type { HouseFacts } from "../index/HouseFacts.ts"
import { indexVersion } from "../index/indexVersion.ts"
import { listingOfVersion } from "../product/listingOfVersion.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import type { Assessment } from "./ProductLife.ts"

/** Gathers what a decision on a version rests on; the same evidence at the same moment has the same digest. */
export function assessVersion(db: Db, version: ProductVersion, facts: HouseFacts, at: string): Assessment {
  const { contract, ...change } = readContract(db, version.id)
  const body = {
    product: version.product,
    version: version.version,
    versionId: version.id,
    contract,
    change: { level: change.level, reasons: change.reasons },
    at,
    index: indexVersion(db, version, facts, "dcmm-8", at),
    price: listingOfVersion(db, version, at).price,
    loss: { rho: version.kind === "consented" ? 0 : version.rho.value, epsilon: version.epsilon, delta: version.delta },
    rows: version.rows.value,
    kind: version.kind ?? ("dp_aggregate" as const)
  }
  return { digest: sha256Hex(canonicalJson(body)), ...body }
}
