import type { Db } from "#core/records/Records.ts"
import type { Quote } from "#pricing/quote/Quote.ts"

/** The quote on record under this id, as it was issued. */
export function readQuote(db: Db, id: string): Quote | undefined {
  const row = db.get<{ document: string }>("select document from quote where id = $id", { id })
  return row === undefined ? undefined : (JSON.parse(row.document) as Quote)
}
