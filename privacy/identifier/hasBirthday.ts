/**
 * Whether the 7th to 14th of some digits are a day of the calendar between 1900 and 2049, as in a resident id.
 *
 * A resident id with a slip of the pen passes the check of a bank card or a credit code now and then; its birthday tells.
 */
export function hasBirthday(id: string): boolean {
  const digits = id.slice(6, 14)
  const [year, month, day] = [Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6))]
  if (year < 1900 || year > 2049 || month < 1 || month > 12 || day < 1) return false
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return day <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!
}
