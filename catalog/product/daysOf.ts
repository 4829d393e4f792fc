/** Days in a length of time such as `30 days` or `12 months`; a month counts 365.25 / 12 days. */
export function daysOf(length: string): number {
  const [count, unit] = length.split(" ")
  return Number(count) * (unit!.startsWith("month") ? 365.25 / 12 : 1)
}
