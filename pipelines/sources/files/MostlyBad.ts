import type { ScanFacts } from "./ScanFacts.ts"

/** Thrown when a file is read in a way that it was not written in: most of it would only fill the quarantine. */
export class MostlyBad extends Error {
  readonly facts: ScanFacts

  constructor(facts: ScanFacts) {
    super("most rows are bad")
    this.facts = facts
  }
}
