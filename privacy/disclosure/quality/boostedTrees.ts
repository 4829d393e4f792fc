/** A model that gives the chance of the label for a row of codes. */
export interface BoostedTrees {
  predict(columns: ReadonlyArray<Uint16Array>, row: number): number
}

interface Tree {
  /** column asked at each node, -1 at a leaf; nodes of a full binary tree, children of i at 2i + 1 and 2i + 2 */
  readonly column: Int16Array
  /** codes up to this one go left */
  readonly bound: Uint16Array
  readonly value: Float64Array
}

const DEPTH = 4
const NODES = 2 ** (DEPTH + 1) - 1
const TREES = 60
const RATE = 0.15
const RIDGE = 1
const LEAST = 10
/** Codes a split tells apart. */
const CODES = 64

/**
 * Gradient-boosted trees for a label of 0 and 1 on coded columns: second-order steps of the log loss, splits on the order of the
 * codes, histograms in typed arrays.
 *
 * @param columns  codes, one array per column, all of the same length
 * @param rows     the rows to learn from
 * @source         Chen, Guestrin 2016 (arXiv 1603.02754), sections 2.2 and 2.3
 */
export function boostedTrees(columns: ReadonlyArray<Uint16Array>, label: Uint8Array, rows: Uint32Array): BoostedTrees {
  let positives = 0
  for (const row of rows) positives += label[row]!
  const share = Math.min(1 - 1e-6, Math.max(1e-6, positives / Math.max(1, rows.length)))
  const base = Math.log(share / (1 - share))
  const score = new Float64Array(label.length).fill(base)
  const trees: Array<Tree> = []
  const grow = grower(columns, label, rows)
  for (let i = 0; i < TREES; i++) {
    const tree = grow(score)
    trees.push(tree)
    for (const row of rows) score[row]! += tree.value[leafOf(tree, columns, row)]!
  }
  return {
    predict: (of, row) => {
      let sum = base
      for (const tree of trees) sum += tree.value[leafOf(tree, of, row)]!
      return 1 / (1 + Math.exp(-sum))
    }
  }
}

function leafOf({ column, bound }: Tree, columns: ReadonlyArray<Uint16Array>, row: number): number {
  let node = 0
  while (column[node]! >= 0) node = 2 * node + (columns[column[node]!]![row]! <= bound[node]! ? 1 : 2)
  return node
}

function grower(
  columns: ReadonlyArray<Uint16Array>,
  label: Uint8Array,
  rows: Uint32Array
): (score: Float64Array) => Tree {
  const nodeOf = new Uint8Array(label.length)
  const [slope, bend] = [new Float64Array(label.length), new Float64Array(label.length)]
  const width = 2 ** (DEPTH - 1) * CODES
  const [slopes, bends, counts] = [new Float64Array(width), new Float64Array(width), new Uint32Array(width)]
  return (score) => {
    const tree: Tree = {
      column: new Int16Array(NODES).fill(-1),
      bound: new Uint16Array(NODES),
      value: new Float64Array(NODES)
    }
    for (const row of rows) {
      const p = 1 / (1 + Math.exp(-score[row]!))
      slope[row] = p - label[row]!
      bend[row] = p * (1 - p)
      nodeOf[row] = 0
    }
    for (let depth = 0; depth < DEPTH; depth++) {
      const first = 2 ** depth - 1
      const best = new Float64Array(2 ** depth).fill(1e-6)
      for (let c = 0; c < columns.length; c++) {
        slopes.fill(0)
        bends.fill(0)
        counts.fill(0)
        const codes = columns[c]!
        for (let i = 0; i < rows.length; i++) {
          const row = rows[i]!
          const own = nodeOf[row]!
          if (own < first) continue
          const code = codes[row]!
          const at = (own - first) * CODES + (code < CODES ? code : CODES - 1)
          slopes[at]! += slope[row]!
          bends[at]! += bend[row]!
          counts[at]! += 1
        }
        for (let node = 0; node < best.length; node++) splitNode(node, first, c, best, tree, slopes, bends, counts)
      }
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i]!
        const own = nodeOf[row]!
        if (own < first || tree.column[own]! < 0) continue
        nodeOf[row] = 2 * own + (columns[tree.column[own]!]![row]! <= tree.bound[own]! ? 1 : 2)
      }
    }
    const [sums, weights] = [new Float64Array(NODES), new Float64Array(NODES)]
    for (let i = 0; i < rows.length; i++) {
      sums[nodeOf[rows[i]!]!]! += slope[rows[i]!]!
      weights[nodeOf[rows[i]!]!]! += bend[rows[i]!]!
    }
    for (let node = 0; node < NODES; node++) tree.value[node] = (-RATE * sums[node]!) / (weights[node]! + RIDGE)
    return tree
  }
}

/** Keeps the split of a node by a column if it gains more than the best so far. */
function splitNode(
  node: number,
  first: number,
  column: number,
  best: Float64Array,
  tree: Tree,
  slopes: Float64Array,
  bends: Float64Array,
  counts: Uint32Array
): void {
  let [sum, weight, count] = [0, 0, 0]
  const from = node * CODES
  for (let code = 0; code < CODES; code++) {
    sum += slopes[from + code]!
    weight += bends[from + code]!
    count += counts[from + code]!
  }
  if (count < 2 * LEAST) return
  const whole = sum ** 2 / (weight + RIDGE)
  let [left, leftWeight, leftCount] = [0, 0, 0]
  for (let code = 0; code < CODES - 1; code++) {
    left += slopes[from + code]!
    leftWeight += bends[from + code]!
    leftCount += counts[from + code]!
    if (leftCount < LEAST || count - leftCount < LEAST) continue
    const gain = left ** 2 / (leftWeight + RIDGE) + (sum - left) ** 2 / (weight - leftWeight + RIDGE) - whole
    if (gain > best[node]!) {
      best[node] = gain
      tree.column[first + node] = column
      tree.bound[first + node] = code
    }
  }
}
