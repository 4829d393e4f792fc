import type { Db } from "#core/records/Records.ts"
import type { Assessment } from "./ProductLife.ts"

/** The assessment that a product was last decided on; undefined for what was listed before there were any. */
export function lastAssessment(db: Db, product: string): Assessment | undefined {
  const found = db.get<{ document: string }>(
    "select document from assessment where product = $product order by at desc limit 1",
    { product }
  )
  return found === undefined ? undefined : (JSON.parse(found.document) as Assessment)
}
