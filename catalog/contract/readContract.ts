import type { Label } from "#pricing/quote/Explanation.ts"
import type { Db } from "#core/records/Records.ts"
import type { ContractChange, ContractLevel } from "./Contract.ts"

/** The contract's number of a data version and how it came to it; versions from before contracts were numbered are 1.0.0. */
export function readContract(db: Db, versionId: string): ContractChange & { readonly contract: string } {
  const found = db.get<{ contract: string; level: ContractLevel; reasons: string }>(
    "select contract, level, reasons from version_contract where version_id = $versionId",
    { versionId }
  )
  if (found === undefined) return { contract: "1.0.0", level: "first", reasons: [] }
  return { ...found, reasons: JSON.parse(found.reasons) as ReadonlyArray<Label> }
}
