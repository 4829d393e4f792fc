import { BadInput } from "#core/BadInput.ts"
import type { Db } from "#core/records/Records.ts"

/** Says that nothing goes by this name. */
export function unknownProduct(db: Db, product: string): BadInput {
  const known = db.all<{ name: string }>("select name from product order by name limit 10").map(({ name }) => name)
  return new BadInput({
    code: "product.unknown",
    message: `There is no product ${product.slice(0, 80)}.`,
    fix: known.length === 0 ? "Nothing is listed yet: run a release first." : `Known products: ${known.join(", ")}.`,
    where: { field: "product" }
  })
}
