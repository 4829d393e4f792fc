import type { Db } from "#core/records/Records.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { assessedIndex } from "./assessedIndex.ts"
import { searchTokens } from "./searchTokens.ts"
import { writeBands } from "./writeBands.ts"

/**
 * Takes a listed version into the search index, in place of the product's earlier one, within the caller's transaction.
 *
 * @param priceMinor  the list price at the time, for sorting; what is shown is worked out anew
 */
export function indexProduct(db: Db, version: ProductVersion, priceMinor: number): void {
  const { product, offering, columns, asOf, listedAt } = version
  db.run(
    `insert into search_product (product, version_id, price_minor, as_of, listed_at)
     values ($product, $version, $priceMinor, $asOf, $listedAt)
     on conflict (product) do update set version_id = excluded.version_id, price_minor = excluded.price_minor,
       as_of = excluded.as_of, listed_at = excluded.listed_at`,
    { product, version: version.id, priceMinor, asOf, listedAt }
  )
  const { id } = db.get<{ id: number }>("select id from search_product where product = $product", { product })!
  const both = ({ zh, en }: { readonly zh: string; readonly en: string }): string => `${zh} ${en}`
  const terms = (texts: ReadonlyArray<string>): string => searchTokens(texts.join(" ")).join(" ")
  db.run("delete from search_text where rowid = $id", { id })
  db.run("insert into search_text (rowid, title, columns, rest) values ($id, $title, $columns, $rest)", {
    id,
    title: terms([product, both(offering.title)]),
    columns: terms(columns.flatMap(({ name, label }) => [name, both(label)])),
    rest: terms([
      offering.description === undefined ? "" : both(offering.description),
      offering.owner,
      offering.scenario.purpose,
      ...offering.terms.purposes
    ])
  })
  db.run("delete from search_facet where product_id = $id", { id })
  const facets = {
    purpose: offering.terms.purposes,
    territory: offering.terms.territory,
    owner: [offering.owner],
    onward: [String(offering.terms.onward)]
  }
  for (const [facet, values] of Object.entries(facets))
    for (const value of new Set(values))
      db.run("insert into search_facet values ($facet, $value, $id)", { facet, value, id })
  writeBands(db, id, version, priceMinor, assessedIndex(db, product)?.index, listedAt)
}
