import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { Db } from "#core/records/Records.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { compareContracts } from "./compareContracts.ts"
import type { ContractChange } from "./Contract.ts"
import { contractOf } from "./contractOf.ts"
import { nextContract } from "./nextContract.ts"
import { readContract } from "./readContract.ts"

/** The contract's version of a new data version, and what it means for what is on sale. */
export interface RecordedContract extends ContractChange {
  readonly contract: string
  /** The version on sale before it; absent for the first. */
  readonly onSale: ProductVersion | undefined
  /** It breaks the contract of the version on sale. */
  readonly breaksSale: boolean
}

/** Numbers the contract of a version that was just written, against the version before it, and keeps the number with its reasons. */
export function recordContract(db: Db, version: ProductVersion): RecordedContract {
  const { product, id } = version
  const before = newest(db, "product_version", product, id)
  const onSale = newest(db, "version_on_sale", product, id)
  const own = contractOf(version)
  const change: ContractChange =
    before === undefined ? { level: "first", reasons: [] } : compareContracts(contractOf(before), own)
  const contract = nextContract(before === undefined ? "" : readContract(db, before.id).contract, change.level)
  db.run("insert into version_contract values ($id, $contract, $level, $reasons)", {
    id,
    contract,
    level: change.level,
    reasons: canonicalJson(change.reasons)
  })
  const breaksSale = onSale !== undefined && compareContracts(contractOf(onSale), own).level === "breaking"
  return { ...change, contract, onSale, breaksSale }
}

function newest(
  db: Db,
  from: "product_version" | "version_on_sale",
  product: string,
  but: string
): ProductVersion | undefined {
  const found = db.get<{ document: string }>(
    `select document from ${from} where product = $product and status = 'listed' and id <> $but order by seq desc limit 1`,
    { product, but }
  )
  return found === undefined ? undefined : (JSON.parse(found.document) as ProductVersion)
}
