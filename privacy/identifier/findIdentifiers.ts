import { findAccounts } from "./findAccounts.ts"
import { findAddresses } from "./findAddresses.ts"
import type { Finder } from "./Finder.ts"
import type { Finding } from "./Finding.ts"
import { findNames } from "./findNames.ts"
import { findNet } from "./findNet.ts"
import { findPersonNumbers } from "./findPersonNumbers.ts"
import { findPhones } from "./findPhones.ts"
import { findPlates } from "./findPlates.ts"
import { narrowWidths } from "./narrowWidths.ts"

/** Where two overlap, the earlier finder is right. */
const finders: ReadonlyArray<Finder> = [
  findNet,
  findPersonNumbers,
  findAccounts,
  findPhones,
  findPlates,
  findAddresses,
  findNames
]

/**
 * The identifiers in a text, in order of place, none overlapping another.
 *
 * The time grows with the length of the text; digits beside Chinese signs count as words of their own; full-width signs are
 * read as half-width ones.
 */
export function findIdentifiers(text: string): ReadonlyArray<Finding> {
  const narrow = narrowWidths(text)
  const taken = new Uint8Array(text.length)
  const findings: Array<Finding> = []
  for (const find of finders) {
    for (const finding of find(narrow)) {
      let free = true
      for (let i = finding.start; i < finding.end && free; i++) free = taken[i] === 0
      if (!free) continue
      taken.fill(1, finding.start, finding.end)
      findings.push(finding)
    }
  }
  return findings.sort((a, b) => a.start - b.start)
}
