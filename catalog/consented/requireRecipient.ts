import { Refused } from "#core/Refused.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"

/** How a buyer is written as a party: lower case, and one hyphen for whatever is no letter or digit. */
const partyOf = (buyer: string): string =>
  `party:${buyer
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")}`

/**
 * Stops consented rows on their way to anyone but the recipient whom their subjects named, and after the day that they named. For every
 * step of a sale; other versions pass.
 *
 * @param buyer absent before anyone has ordered
 * @param now   ISO instant
 * @throws Refused `consented.recipient` or `consented.until`
 */
export function requireRecipient({ product, consented }: ProductVersion, buyer: string | undefined, now: string): void {
  if (consented === undefined) return
  const { recipient, until } = consented
  if (now.slice(0, 10) > until) {
    throw new Refused({
      code: "consented.until",
      message: `The rows of ${product} may be used until ${until}, which is past.`,
      fix: "Wait for a version that its subjects allow for longer.",
      where: { field: "product" }
    })
  }
  if (buyer === undefined || !recipient.startsWith("party:") || partyOf(buyer) === recipient) return
  throw new Refused({
    code: "consented.recipient",
    message: `The subjects of ${product} allow ${recipient} to have their rows, and nobody else.`,
    fix: `Only the buyer who is written ${recipient} can order it.`,
    where: { field: "buyer" }
  })
}
