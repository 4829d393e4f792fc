/** A calendar month in UTC: the step in which releases are made. `from` is the first day, `to` the first day after it. */
export interface Period {
  readonly id: string
  readonly from: string
  readonly to: string
}

const two = (n: number): string => String(n).padStart(2, "0")

/**
 * The month that holds an ISO day or instant (UTC).
 *
 * @throws RangeError if the text does not begin with a year and a month: a bug in the caller
 */
export function monthOf(iso: string): Period {
  const match = /^(\d{4})-(0[1-9]|1[0-2])/.exec(iso)
  if (match === null) throw new RangeError(`not an ISO day: ${iso}`)
  const year = Number(match[1])
  const month = Number(match[2])
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${two(month + 1)}-01`
  return { id: `${year}-${two(month)}`, from: `${year}-${two(month)}-01`, to: next }
}
