import { Effect } from "effect"
import { Records } from "#core/records/Records.ts"

/** Puts products on sale as homes of before the review have them; for tests that sell and are not about listing. */
export const putOnSale = (...products: ReadonlyArray<string>) =>
  Effect.flatMap(Records, (records) =>
    records.write((db) => {
      // Homes whose schema does not know a product's life sell whatever is there.
      if (db.get("select 1 as one from sqlite_master where name = 'product_life'") === undefined) return
      for (const product of products) {
        db.run(
          `insert into product_life (product, state, since) values ($product, 'listed', '2026-01-01T00:00:00.000Z')
           on conflict (product) do update set state = 'listed'`,
          { product }
        )
      }
    })
  )
