import type { Reason } from "./Reason.ts"

/** What one pass over a file counted. */
export interface ScanFacts {
  /** Good records, without the header. */
  rows: number
  badRows: number
  /** The first few bad rows, to name them. */
  firstBad: Array<{ readonly line: number; readonly reason: Reason }>
  /** Blanks around quotes, quotes or CR in plain text: read by our rules, not the engine's. */
  oddRows: number
  blankLines: number
  lfLines: number
  crlfLines: number
  /** Records that hold a line end inside quotes. */
  multilineRows: number
  /** Unpacked and decoded. */
  bytes: number
}

export function newFacts(): ScanFacts {
  return {
    rows: 0,
    badRows: 0,
    firstBad: [],
    oddRows: 0,
    blankLines: 0,
    lfLines: 0,
    crlfLines: 0,
    multilineRows: 0,
    bytes: 0
  }
}

/** Thrown when a file is read in a way that it was not written in: most of it would only fill the quarantine. */
export class MostlyBad extends Error {
  readonly facts: ScanFacts

  constructor(facts: ScanFacts) {
    super("most rows are bad")
    this.facts = facts
  }
}

const badEnough = 10_000

/** A bad row: counted, remembered if it is among the first. */
export function noteBad(facts: ScanFacts, line: number, reason: Reason): void {
  facts.badRows++
  if (facts.firstBad.length < 5) facts.firstBad.push({ line, reason })
  if (facts.badRows >= badEnough && facts.badRows > facts.rows) throw new MostlyBad(facts)
}
