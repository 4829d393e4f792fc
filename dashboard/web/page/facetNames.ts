/** What the catalogue can be narrowed by, in the order of the page. */
export const facetNames = ["kind", "price", "tradability", "freshness", "purpose", "territory", "owner"] as const
