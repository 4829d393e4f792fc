import type { Menu } from "#pricing/offer/Menu.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import type { VersionDraft } from "./ProductVersion.ts"

/** The menu of a version; one that was listed without any is sold whole. */
export function menuOf({ menu, product, columns, rows, bits, listedAt }: VersionDraft): Menu {
  if (menu !== undefined) return menu
  const one = publicNumber(1, "share", `menu:${product}#whole`, listedAt)
  const names = columns.map(({ name }) => name)
  return {
    strata: [],
    offers: [{ id: "full", columns: names, stratum: null, rows, bits, accuracy: one, factor: one, terms: "standard" }]
  }
}
