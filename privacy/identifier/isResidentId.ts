import { provinceCodes } from "./provinceCodes.ts"
import { hasBirthday } from "./hasBirthday.ts"
import { residentCheckCharacter } from "./residentCheckCharacter.ts"

/**
 * Whether 18 characters can be a resident id: a province that exists, a day that exists from 1900 to 2049, the check character.
 *
 * Whether the county code was ever given out is not looked up: codes change by the year.
 * @param id  17 digits and a digit or X, nothing between them
 */
export function isResidentId(id: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(id) || !provinceCodes.has(id.slice(0, 2))) return false
  return hasBirthday(id) && residentCheckCharacter(id) === id[17]!.toUpperCase()
}
