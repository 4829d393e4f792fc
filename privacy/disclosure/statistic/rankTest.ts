import { normalTail } from "#privacy/dp/normal/normalTail.ts"

/** How well a score tells two groups apart. */
export interface RankTest {
  /** chance that a member scores above a control, ties counted half */
  readonly auc: number
  /** 95 % interval */
  readonly low: number
  readonly high: number
  /** chance of such a rank sum or a larger one if the groups were one */
  readonly p: number
}

/**
 * The area under the curve of a score, with the interval of Hanley and McNeil and the one-sided test of Mann and Whitney
 * (normal law, ties corrected; good from about 20 in each group).
 */
export function rankTest(members: Float64Array, controls: Float64Array): RankTest {
  const [n, m] = [members.length, controls.length]
  if (n === 0 || m === 0) return { auc: 0.5, low: 0, high: 1, p: 1 }
  const all = new Float64Array(n + m)
  all.set(members)
  all.set(controls, n)
  const order = Uint32Array.from(all, (_, i) => i).sort((a, b) => all[a]! - all[b]!)
  let [rankSum, ties] = [0, 0]
  for (let from = 0; from < order.length;) {
    let to = from
    while (to < order.length && all[order[to]!] === all[order[from]!]) to++
    const size = to - from
    ties += size ** 3 - size
    for (let i = from; i < to; i++) if (order[i]! < n) rankSum += (from + to + 1) / 2
    from = to
  }
  const auc = (rankSum - (n * (n + 1)) / 2) / (n * m)
  const size = n + m
  const variance = ((n * m) / 12) * (size + 1 - ties / (size * (size - 1)))
  const p = variance === 0 ? 1 : normalTail(((auc - 0.5) * n * m - 0.5) / Math.sqrt(variance))
  const [q1, q2] = [auc / (2 - auc), (2 * auc ** 2) / (1 + auc)]
  const spread = Math.sqrt(
    Math.max(0, auc * (1 - auc) + (n - 1) * (q1 - auc ** 2) + (m - 1) * (q2 - auc ** 2)) / (n * m)
  )
  return { auc, low: Math.max(0, auc - 1.96 * spread), high: Math.min(1, auc + 1.96 * spread), p }
}
