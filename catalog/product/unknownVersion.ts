import { BadInput } from "#core/BadInput.ts"
import type { Db } from "#core/records/Records.ts"
import { unknownProduct } from "./unknownProduct.ts"

/** Says why a product, or this version of it, cannot be shown. */
export function unknownVersion(db: Db, product: string, version: string | undefined): BadInput {
  const known = db.all<{ version: string; status: string }>(
    "select version, status from product_version where product = $product order by seq desc limit 5",
    { product }
  )
  if (known.length === 0) return unknownProduct(db, product)
  const listed = known.filter(({ status }) => status === "listed").map((row) => row.version)
  return new BadInput({
    code: "product.version",
    message:
      version === undefined
        ? `No version of ${product} is listed: its release says nothing above its noise.`
        : `There is no listed version ${version} of ${product}.`,
    fix:
      listed.length === 0
        ? "Give its release a larger epsilon, coarser keys or more subjects, and run it in the next period."
        : `Ask for one of ${listed.join(", ")}.`,
    where: { field: "product" }
  })
}
