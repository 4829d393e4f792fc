/** Letters of Taiwan's registration regions in the order of their numbers 10, 11, ... */
const regions = "ABCDEFGHJKLMNPQRSTUVXYWZIO"

/** Whether a Taiwan identity number (a letter and nine digits) carries the right check digit. */
export function isTaiwanId(id: string): boolean {
  const region = regions.indexOf(id[0]!) + 10
  let sum = Math.floor(region / 10) + 9 * (region % 10)
  for (let i = 1; i < 9; i++) sum += (9 - i) * Number(id[i])
  return (sum + Number(id[9])) % 10 === 0
}
