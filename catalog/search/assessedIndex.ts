import type { Db } from "#core/records/Records.ts"

/** A tradability index and the ISO instant of its assessment. */
export interface AssessedIndex {
  readonly index: number
  readonly at: string
}

/** The tradability index that a product had when it was last decided on; undefined for what was listed before there were assessments. */
export const assessedIndex = (db: Db, product: string): AssessedIndex | undefined =>
  db.get<{ index: number; at: string }>(
    `select json_extract(document, '$.index.index') as "index", at from assessment where product = $product order by at desc limit 1`,
    { product }
  )
