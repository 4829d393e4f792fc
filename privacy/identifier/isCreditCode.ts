import { hasBirthday } from "./hasBirthday.ts"
import { provinceCodes } from "./provinceCodes.ts"

const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

/**
 * Whether 18 characters are a unified social credit code: registering department, kind of body, six digits of a region, check character.
 *
 * @source GB 32100-2015: weights 3^i mod 31 over the alphabet without I, O, S, V, Z
 */
export function isCreditCode(code: string): boolean {
  if (!/^[1-9ACDEFGNY][1-59]\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return false
  if (/^\d+$/.test(code) && hasBirthday(code)) return false
  if (!provinceCodes.has(code.slice(2, 4)) && !code.startsWith("10", 2)) return false
  let [sum, weight] = [0, 1]
  for (let i = 0; i < 17; i++) {
    sum += weight * alphabet.indexOf(code[i]!)
    weight = (weight * 3) % 31
  }
  return alphabet[(31 - (sum % 31)) % 31] === code[17]
}
