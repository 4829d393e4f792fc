import { BadInput } from "../BadInput.ts"
import type { Money } from "./Money.ts"

const form = /^(-?)(\d{1,13})(?:\.(\d{1,2}))? ([A-Z]{3})$/

/**
 * Reads `"12000.00 CNY"` exactly, without floating point.
 *
 * @throws BadInput if the text is not an amount with at most two decimals, a blank and a currency code
 */
export function parseMoney(text: string): Money {
  const match = form.exec(text)
  if (match === null) {
    throw new BadInput({
      code: "money.form",
      message: `"${text.slice(0, 40)}" is not an amount of money.`,
      fix: "Write it as 12000.00 CNY: digits, at most two decimals, a blank, a three-letter currency."
    })
  }
  const minor = Number(match[2]) * 100 + Number((match[3] ?? "").padEnd(2, "0"))
  return { minor: match[1] === "-" ? -minor : minor, currency: match[4]! }
}
