import type { Db } from "#core/records/Records.ts"

/** Takes a product that is no longer sold out of the search index, within the caller's transaction. */
export function unindexProduct(db: Db, product: string): void {
  const found = db.get<{ id: number }>("select id from search_product where product = $product", { product })
  if (found === undefined) return
  const { id } = found
  db.run("delete from search_facet where product_id = $id", { id })
  db.run("delete from search_text where rowid = $id", { id })
  db.run("delete from search_product where id = $id", { id })
}
