import { MostlyBad } from "./MostlyBad.ts"
import type { Reason } from "./Reason.ts"
import type { ScanFacts } from "./ScanFacts.ts"

const badEnough = 10_000

/** A bad row: counted, remembered if it is among the first. */
export function noteBad(facts: ScanFacts, line: number, reason: Reason): void {
  facts.badRows++
  if (facts.firstBad.length < 5) facts.firstBad.push({ line, reason })
  if (facts.badRows >= badEnough && facts.badRows > facts.rows) throw new MostlyBad(facts)
}
