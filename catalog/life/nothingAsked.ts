import { BadInput } from "#core/BadInput.ts"

/** Says that a product is on sale and that nothing about it waits for anybody. */
export const nothingAsked = (product: string): BadInput =>
  new BadInput({
    code: "life.nothing-asked",
    message: `${product} is on sale, and no version of it waits for approval.`,
    fix: `assay product show ${product} tells where it is.`,
    where: { field: "product" }
  })
