import type { Catalog } from "#catalog/product/Catalog.ts"
import type { ProductVersion, VersionDraft } from "#catalog/product/ProductVersion.ts"
import type { Db } from "#core/records/Records.ts"

/**
 * A version that is on sale, for tests that are about something else than how it came there: its product stands as one that a home had
 * listed before products had a life.
 */
export function listVersion(db: Db, catalog: Catalog["Service"], draft: VersionDraft): ProductVersion {
  const { product, currency, listedAt: since } = draft
  db.run("insert into product (name, currency, since) values ($product, $currency, $since) on conflict do nothing", {
    product,
    currency,
    since
  })
  db.run(
    "insert into product_life (product, state, since) values ($product, 'listed', $since) on conflict do nothing",
    {
      product,
      since
    }
  )
  return catalog.insertVersion(db, draft)
}
