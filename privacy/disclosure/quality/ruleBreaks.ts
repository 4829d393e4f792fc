import type { CodedTable } from "../table/CodedTable.ts"
import { cellShares } from "./cellShares.ts"

/** Synthetic rows that do what no real row does, where chance does not explain it. */
export interface RuleBreaks {
  readonly rows: number
  /** a number below the least or above the greatest real one */
  readonly range: number
  /** a category that no real row has */
  readonly unseen: number
  /** two codes each common enough to meet 20 times by chance among the real rows, and that never do */
  readonly pairs: number
  /** pairs of columns with such codes */
  readonly pairRules: number
  /** rows with any of these */
  readonly any: number
}

const EXPECTED = 20
/** Pairs of columns looked at. */
const PAIRS = 400

/** Reads rules off the real file and counts the synthetic rows that break them. */
export function ruleBreaks(real: CodedTable, synthetic: CodedTable): RuleBreaks {
  const broken = new Uint8Array(synthetic.rows)
  const d = real.columns.length
  for (let c = 0; c < d; c++) {
    const { kind, place, codes } = synthetic.columns[c]!
    const seen = new Uint8Array(synthetic.columns[c]!.size)
    for (const code of real.columns[c]!.codes) seen[code] = 1
    for (let i = 0; i < synthetic.rows; i++) {
      if (kind === "number" && (place[i]! > 1.01 || (place[i]! < -0.01 && place[i]! > -1))) broken[i]! |= 1
      if (kind === "category" && seen[codes[i]!] === 0) broken[i]! |= 2
    }
  }
  let pairRules = 0
  const alone = real.columns.map((_, c) => cellShares(real, [c]))
  for (let [a, looked] = [0, 0]; a < d && looked < PAIRS; a++) {
    for (let b = a + 1; b < d && looked < PAIRS; b++, looked++) {
      const together = cellShares(real, [a, b])
      const width = alone[b]!.length
      const empty = together.map((share, cell) =>
        share === 0 && alone[a]![Math.floor(cell / width)]! * alone[b]![cell % width]! * real.rows >= EXPECTED ? 1 : 0
      )
      if (!empty.includes(1)) continue
      pairRules += 1
      const [first, second] = [synthetic.columns[a]!.codes, synthetic.columns[b]!.codes]
      for (let i = 0; i < synthetic.rows; i++) {
        const cell = Math.min(first[i]!, alone[a]!.length - 1) * width + Math.min(second[i]!, width - 1)
        if (empty[cell] === 1) broken[i]! |= 4
      }
    }
  }
  const count = (mask: number): number => broken.reduce((sum, flags) => sum + ((flags & mask) === 0 ? 0 : 1), 0)
  return { rows: synthetic.rows, range: count(1), unseen: count(2), pairs: count(4), pairRules, any: count(7) }
}
