/** How many rows of each group of equal quasi-identifiers hold each sensitive value; one entry per pair that occurs. */
export interface GroupCounts {
  /** number of the group, ascending */
  readonly group: ArrayLike<number>
  /** rank of the sensitive value from 0, ascending inside a group */
  readonly value: ArrayLike<number>
  readonly rows: ArrayLike<number>
}

/** What the groups of a table hide. None of these bounds what two tables of the same people tell together. */
export interface Anonymity {
  /** rows of the smallest group */
  readonly k: number
  /** different sensitive values in the poorest group */
  readonly l: number
  /** exp of the entropy of the sensitive values in the poorest group */
  readonly entropyL: number
  /** share of the commonest sensitive value in the most uniform group */
  readonly alpha: number
  /** the largest relative gain of a value's share in a group, and the same cut at -ln of the share in the table */
  readonly beta: number
  readonly enhancedBeta: number
  /** the largest |ln| of a value's share in a group over its share in the table */
  readonly deltaDisclosure: number
  /** the largest earth mover's distance of a group's values from the table's */
  readonly t: number
  readonly groups: number
  readonly rows: number
  readonly composes: false
}

/**
 * k-anonymity, l-diversity, t-closeness and their relatives from group counts, in one pass.
 *
 * @param counts   sorted by group and value; at least one entry
 * @param ordered  whether sensitive values are numbers, so that near ones are near; else all are equally far
 * @source         Sweeney 2002; Machanavajjhala et al. 2007; Li, Li, Venkatasubramanian 2007; Brickell, Shmatikov 2008; Cao, Karras 2012
 */
export function anonymityOf({ group, value, rows }: GroupCounts, ordered: boolean): Anonymity {
  const n = group.length
  if (n === 0) throw new RangeError("anonymityOf: no groups")
  let [total, last] = [0, 0]
  for (let i = 0; i < n; i++) {
    total += rows[i]!
    last = Math.max(last, value[i]!)
  }
  const share = new Float64Array(last + 1)
  for (let i = 0; i < n; i++) share[value[i]!]! += rows[i]! / total
  const table = tableLaw(share)
  const found = {
    k: Infinity,
    l: Infinity,
    entropyL: Infinity,
    alpha: 0,
    beta: 0,
    enhancedBeta: 0,
    deltaDisclosure: 0,
    t: 0
  }
  let groups = 0
  for (let from = 0; from < n;) {
    let [to, size] = [from, 0]
    while (to < n && group[to] === group[from]) size += rows[to++]!
    let [entropy, above] = [0, 0]
    for (let i = from; i < to; i++) {
      const q = rows[i]! / size
      const p = share[value[i]!]!
      entropy -= q * Math.log(q)
      above += Math.max(0, q - p)
      found.alpha = Math.max(found.alpha, q)
      found.beta = Math.max(found.beta, q / p - 1)
      found.enhancedBeta = Math.max(found.enhancedBeta, Math.min(q / p - 1, -Math.log(p)))
      found.deltaDisclosure = Math.max(found.deltaDisclosure, Math.abs(Math.log(q / p)))
    }
    found.k = Math.min(found.k, size)
    found.l = Math.min(found.l, to - from)
    found.entropyL = Math.min(found.entropyL, Math.exp(entropy))
    found.t = Math.max(found.t, ordered ? orderedDistance(table, value, rows, from, to, size) : above)
    groups += 1
    from = to
  }
  return { ...found, groups, rows: total, composes: false }
}

interface TableLaw {
  /** cumulative shares up to each value, and the sums of those */
  readonly upTo: Float64Array
  readonly sums: Float64Array
}

function tableLaw(share: Float64Array): TableLaw {
  const upTo = new Float64Array(share.length)
  const sums = new Float64Array(share.length + 1)
  let running = 0
  for (let i = 0; i < share.length; i++) {
    running += share[i]!
    upTo[i] = running
    sums[i + 1] = sums[i]! + running
  }
  return { upTo, sums }
}

/**
 * Sum over values of |cumulative share in the group - in the table| / (values - 1). Between two values of the group its
 * cumulative share stands still, so a stretch costs one search.
 */
function orderedDistance(
  { upTo, sums }: TableLaw,
  value: ArrayLike<number>,
  rows: ArrayLike<number>,
  from: number,
  to: number,
  size: number
): number {
  const m = upTo.length
  if (m < 2) return 0
  let [distance, inGroup, at] = [0, 0, 0]
  for (let i = from; i <= to; i++) {
    const end = i < to ? value[i]! : m
    // Values at..end-1 have the cumulative share `inGroup`; the table's rises through it once.
    let [low, high] = [at, end]
    while (low < high) {
      const middle = (low + high) >> 1
      if (upTo[middle]! < inGroup) low = middle + 1
      else high = middle
    }
    distance += inGroup * (low - at) - (sums[low]! - sums[at]!) + (sums[end]! - sums[low]!) - inGroup * (end - low)
    if (i < to) inGroup += rows[i]! / size
    at = end
  }
  return distance / (m - 1)
}
