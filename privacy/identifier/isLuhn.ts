/**
 * Whether the last digit is the Luhn check digit of those before it.
 *
 * @param digits  digits only
 * @source        ISO/IEC 7812-1, annex B
 */
export function isLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48
    sum += i % 2 === 0 ? digit : digit < 5 ? 2 * digit : 2 * digit - 9
  }
  return digits.length > 1 && sum % 10 === 0
}
