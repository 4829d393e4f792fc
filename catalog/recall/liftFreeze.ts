import type { Db } from "#core/records/Records.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"

/**
 * Puts a product back on sale with a version that was made under an epoch not older than its freeze. Versions before it stay called back; who had
 * bought one is entitled to the new one.
 *
 * @param epoch of the decision under which the version's rows were read
 */
export function liftFreeze(db: Db, { id, product, listedAt }: ProductVersion, epoch: number): void {
  const lifted = db.run("delete from product_freeze where product = $product and epoch <= $epoch", { product, epoch })
  if (lifted === 0) return
  db.run(
    `insert into recalled_version (version_id, successor, at)
     select id, $id, $listedAt from product_version where product = $product and id <> $id on conflict do nothing`,
    { id, product, listedAt }
  )
  db.run(
    `update entitlement set version_id = $id where version_id in (
       select version_id from recalled_version join product_version v on v.id = version_id where v.product = $product
     )`,
    { id, product }
  )
}
