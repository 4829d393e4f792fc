import { Effect } from "effect"
import type { Clique } from "../model/Clique.ts"
import type { Mechanism } from "./Brief.ts"
import { choose } from "./choose.ts"
import { distanceSteps } from "./distanceSteps.ts"
import { joinCounts } from "./joinCounts.ts"
import { Joining } from "./Joining.ts"
import { measure } from "./measure.ts"
import { measurementOf } from "./measurementOf.ts"
import { readColumns } from "./readColumns.ts"
import { scoreStep } from "./scoreStep.ts"

/**
 * MST: a third of the loss for all columns, a third to choose d - 1 pairs that make a tree (Kruskal, each edge by the
 * exponential mechanism on how far the pair is from independence), a third to measure them.
 * @source McKenna, Miklau, Sheldon 2021 (arXiv 2108.04978)
 */
export const mst: Mechanism = Effect.fn("mst")(function* (brief) {
  const { source, purse, rules } = brief
  const { sizes } = source
  const third = purse.left / 3n
  const columns = yield* readColumns(brief, sizes.length === 1 ? purse.left : third)
  const ruled = new Set(rules.flatMap(({ clique }) => clique))
  const joining = Joining(sizes, columns, (column) => !ruled.has(column))

  const group = sizes.map((_, column) => column)
  const join = (pair: Clique): void => {
    const [from, to] = [group[pair[1]!]!, group[pair[0]!]!]
    for (let c = 0; c < group.length; c++) if (group[c] === from) group[c] = to
  }
  for (const { clique } of brief.paid) {
    if (clique.length === 2 && group[clique[0]!] !== group[clique[1]!]) join(clique)
  }
  let open = new Set(group).size - 1
  if (open === 0) return { readings: columns, rounds: 0 }

  const single = singles(sizes, joining, columns)
  const step = scoreStep(4 * single.reduce((most, shares) => Math.max(most, shares.reduce((a, b) => a + b, 0) ** 2), 0))
  const pairs: Array<{ clique: Clique; distance: number }> = []
  for (let a = 0; a < sizes.length; a++) {
    for (let b = a + 1; b < sizes.length; b++) {
      if (group[a] === group[b]) continue
      const counts = joinCounts(sizes, joining, [a, b], yield* source.counts([a, b]))
      pairs.push({ clique: [a, b], distance: distanceSteps(counts, outer(single[a]!, single[b]!), step) })
    }
  }
  const chosen: Array<Clique> = []
  const floor = purse.left - third
  for (; open > 0; open--) {
    const candidates = pairs.filter(({ clique: [a, b] }) => group[a!] !== group[b!])
    const place = yield* choose(
      purse,
      (purse.left - floor) / BigInt(open),
      candidates.map(({ distance }) => distance),
      source.cap * step
    )
    join(candidates[place]!.clique)
    chosen.push(candidates[place]!.clique)
  }
  const readings = [...columns]
  for (const [i, clique] of chosen.entries()) {
    readings.push(yield* measure(source, purse, clique, purse.left / BigInt(chosen.length - i), joining))
  }
  return { readings, rounds: chosen.length }
})

/** Per column its noisy shares and the number of rows: what the independent model says. */
function singles(
  sizes: ReadonlyArray<number>,
  joining: Joining,
  columns: ReadonlyArray<Parameters<typeof measurementOf>[2]>
): ReadonlyArray<Float64Array> {
  const found = sizes.map((_, column) => {
    const reading = columns.find(({ clique }) => clique.length === 1 && clique[0] === column)!
    return measurementOf(sizes, joining, reading).values.map((count) => Math.max(0, count))
  })
  const totals = found.map((counts) => counts.reduce((a, b) => a + b, 0))
  const rows = Math.max(1, totals.reduce((a, b) => a + b, 0) / totals.length)
  return found.map((counts, c) =>
    totals[c] === 0
      ? counts.map(() => Math.sqrt(rows) / counts.length)
      : counts.map((n) => (n / totals[c]!) * Math.sqrt(rows))
  )
}

function outer(a: Float64Array, b: Float64Array): Float64Array {
  const table = new Float64Array(a.length * b.length)
  for (let x = 0, i = 0; x < a.length; x++) for (let y = 0; y < b.length; y++) table[i++] = a[x]! * b[y]!
  return table
}
