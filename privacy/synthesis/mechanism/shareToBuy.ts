import { workloadOf } from "./workloadOf.ts"
import type { Reading } from "./Reading.ts"

/** What AIM gives to single columns: nine tenths of a sixteenth. */
const AIM_COLUMNS = 0.9 / 16

/**
 * The share of a mechanism's loss that has still to be bought when readings are paid already: single columns are never
 * measured twice, MST's paid pairs are edges of its tree, and AIM buys nothing where its whole workload is paid.
 */
export function shareToBuy(
  algorithm: "independent" | "mst" | "aim",
  columns: number,
  degree: number,
  paid: ReadonlyArray<Reading>
): number {
  const known = new Set(paid.map(({ clique }) => clique.join()))
  const single = Array.from({ length: columns }, (_, c) => known.has(String(c))).filter(Boolean).length / columns
  if (algorithm === "independent") return 1 - single
  if (algorithm === "aim") {
    const done = workloadOf(columns, degree).every(({ clique }) => known.has(clique.join()))
    return done ? 0 : 1 - AIM_COLUMNS * single
  }
  if (columns === 1) return 1 - single
  const group = Array.from({ length: columns }, (_, c) => c)
  for (const { clique } of paid) {
    const [to, from] = [group[clique[0]!]!, group[clique.at(-1)!]!]
    if (clique.length === 2) group.forEach((own, c) => own === from && (group[c] = to))
  }
  const open = (new Set(group).size - 1) / (columns - 1)
  return (1 - single) / 3 + (2 * open) / 3
}
