import type { ProductFile } from "./ProductFile.ts"
import type { Offering } from "./ProductVersion.ts"

/** The part of a product file that a buyer may read. */
export const offeringOf = ({ title, description, owner, scenario, terms }: ProductFile): Offering => ({
  title,
  ...(description === undefined ? {} : { description }),
  owner,
  scenario: { ...scenario, optional: scenario.optional ?? [] },
  terms
})
