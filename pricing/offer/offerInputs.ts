import { BadInput } from "#core/BadInput.ts"
import { derivedNumber } from "../evidence/derivedNumber.ts"
import type { QuoteInputs } from "../quote/QuoteInputs.ts"
import type { Menu } from "./Menu.ts"

/**
 * What the price of an offer is a function of: that of the whole version, with the offer's own depth, rows and accuracy.
 *
 * @param inputs  of the whole version
 * @param id      of an offer on the menu
 * @throws        BadInput if the menu has no such offer
 */
export function offerInputs(inputs: QuoteInputs, menu: Menu, id: string): QuoteInputs {
  const offer = menu.offers.find((one) => one.id === id)
  if (offer === undefined) {
    throw new BadInput({
      code: "offer.unknown",
      message: `There is no offer ${id.slice(0, 60)} on the menu of this version.`,
      fix: `Choose one of: ${menu.offers
        .slice(0, 40)
        .map((one) => one.id)
        .join(", ")}.`,
      where: { field: "offer" }
    })
  }
  const { policy, artefact } = inputs
  const { weight, asOf } = artefact.rows[0]
  const { accuracy, bits, factor, rows } = offer
  const base = policy.base
  const rho = artefact.rho
  return {
    ...inputs,
    policy:
      factor.value === 1
        ? policy
        : {
            ...policy,
            base: derivedNumber(base.value * factor.value, "minor", factor.where, factor.when, [base, factor])
          },
    artefact: {
      bits,
      rho:
        accuracy.value === 1
          ? rho
          : derivedNumber(rho.value * accuracy.value, "rho", `${rho.where}*accuracy`, accuracy.when, [rho, accuracy]),
      rows: [{ rows, weight, asOf }]
    }
  }
}
