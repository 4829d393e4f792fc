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
