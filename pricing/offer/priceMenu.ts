import type { PricedOffer } from "../attack/PricedOffer.ts"
import { price } from "../price/price.ts"
import { priceInputsAt } from "../quote/priceInputsAt.ts"
import type { QuoteInputs } from "../quote/QuoteInputs.ts"
import type { Menu } from "./Menu.ts"
import { offerInputs } from "./offerInputs.ts"

/**
 * Prices every offer of a menu at a moment, with the cells that it gives.
 *
 * @param inputs   of the whole version
 * @param version  names the cells' version
 * @param at       ISO instant
 */
export function priceMenu(menu: Menu, inputs: QuoteInputs, version: string, at: string): ReadonlyArray<PricedOffer> {
  const strata = menu.strata.length === 0 ? ["all"] : menu.strata.map(({ value }) => value)
  return menu.offers.map(({ id, columns, stratum }) => {
    const own = priceInputsAt(offerInputs(inputs, menu, id), at).inputs
    return {
      id,
      columns,
      rows: stratum === null ? strata : [stratum.value],
      versions: [version],
      rho: own.artefact.rho.value,
      fen: price(own).fen
    }
  })
}
