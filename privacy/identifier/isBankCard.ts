import { hasBirthday } from "./hasBirthday.ts"
import { isLuhn } from "./isLuhn.ts"

/** Issuer prefixes and the lengths they come in: UnionPay, Visa, Mastercard, Amex, JCB, Discover, Diners, older Chinese debit cards. */
const issuers: ReadonlyArray<readonly [prefix: RegExp, lengths: ReadonlyArray<number>]> = [
  [/^62/, [16, 17, 18, 19]],
  [/^4/, [16]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^(?:6011|64[4-9]|65)/, [16]],
  [/^3(?:0[0-5]|[689])/, [14]],
  [/^(?:9558|6013|6010|9111|9400|9843|6058|6035)/, [16, 18, 19]]
]

/** Whether digits can be a bank card's number: an issuer's prefix in one of its lengths, and the Luhn check digit. */
export function isBankCard(digits: string): boolean {
  if (digits.length === 18 && hasBirthday(digits)) return false
  return issuers.some(([prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits)) && isLuhn(digits)
}
