/**
 * The month in which a use is charged: its own, or the first open one where its own was invoiced already.
 *
 * @param time    ISO instant
 * @param closed  the last invoiced month (`2026-10`), or undefined
 */
export function chargePeriod(time: string, closed: string | undefined): string {
  const month = time.slice(0, 7)
  return closed === undefined || month > closed ? month : monthAfter(closed)
}

function monthAfter(month: string): string {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))]
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`
}
