import { cellsOf } from "./cellsOf.ts"
import type { Clique } from "./Clique.ts"
import type { GraphicalModel } from "./GraphicalModel.ts"
import { Projection } from "./Projection.ts"
import { smallestHome } from "./smallestHome.ts"

/** P(extra | separator) for one side of an edge: row-major, the separator's columns first, then `extra` in its own order. */
interface Message {
  readonly extra: ReadonlyArray<number>
  readonly values: Float64Array
}

interface Link {
  readonly to: number
  readonly separator: Clique
  /** columns of the cliques on the far side */
  readonly beyond: ReadonlySet<number>
}

/** Cells of a message that is kept for later questions. */
const LARGEST_KEPT = 100_000

/**
 * Answers marginals of a fitted model, also of columns that share no clique, by variable elimination along the tree. What one
 * side of an edge says about a column is worked out once, so asking for all pairs costs little more than for one column's.
 * @returns a function from a clique to its marginal, summing to the model's total
 * @source  Koller, Friedman 2009, 10.3.3
 */
export function marginalOf(model: GraphicalModel): (clique: Clique) => Float64Array {
  const { sizes, tree, beliefs } = model
  const links = linksOf(model)
  const messages = new Map<string, Message>()

  /** Sums clique `at` to `kept` and the wanted columns beyond it; layout: kept columns first, then the others. */
  const gather = (at: number, from: number, kept: Clique, wanted: Clique): Message => {
    const clique = tree.cliques[at]!
    const here = wanted.filter((column) => clique.includes(column) && !kept.includes(column))
    const away = links[at]!.map((link, place) => ({
      link,
      place,
      asked: wanted.filter((c) => !clique.includes(c) && link.beyond.has(c))
    })).filter(({ link, asked }) => link.to !== from && asked.length > 0)
    const sent = away.map(({ link, place, asked }) => ({ link, message: ask(at, place, link, asked) }))
    const union = clique.filter(
      (c) => kept.includes(c) || here.includes(c) || away.some(({ link }) => link.separator.includes(c))
    )
    const table = new Float64Array(cellsOf(sizes, union))
    Projection(sizes, clique, union).sumTo(beliefs[at]!, table)
    const outer = [...kept, ...here]
    const extra = [...here, ...sent.flatMap(({ message }) => message.extra)]
    let inner = 1
    for (const { message } of sent) inner *= cellsOf(sizes, message.extra)
    const values = new Float64Array(cellsOf(sizes, outer) * inner)
    const rows = cellIndex(sizes, union, outer)
    const parts = sent.map(({ link, message }) => ({
      values: message.values,
      index: cellIndex(sizes, union, link.separator),
      width: cellsOf(sizes, message.extra)
    }))
    spread(table, rows, parts, inner, values)
    return { extra, values }
  }

  const ask = (at: number, place: number, { to, separator }: Link, wanted: Clique): Message => {
    const name = `${at}>${place}:${wanted.join()}`
    const known = messages.get(name)
    if (known !== undefined) return known
    const { extra, values } = gather(to, at, separator, wanted)
    const width = cellsOf(sizes, extra)
    for (let s = 0; s < values.length; s += width) {
      let sum = 0
      for (let x = 0; x < width; x++) sum += values[s + x]!
      if (sum > 0) for (let x = 0; x < width; x++) values[s + x]! /= sum
    }
    const message = { extra, values }
    // What two or more columns say together serves one question only and may be large.
    if (wanted.length === 1 && values.length <= LARGEST_KEPT) messages.set(name, message)
    return message
  }

  return (clique) => {
    const home = smallestHome(sizes, tree.cliques, clique)
    if (home >= 0) {
      const own = new Float64Array(cellsOf(sizes, clique))
      Projection(sizes, tree.cliques[home]!, clique).sumTo(beliefs[home]!, own)
      return own
    }
    const root = smallestHome(sizes, tree.cliques, [clique.at(-1)!])
    const { extra, values } = gather(root, -1, [], clique)
    const index = cellIndex(sizes, extra, clique)
    const sorted = new Float64Array(values.length)
    for (let i = 0; i < values.length; i++) sorted[index[i]!] = values[i]!
    return sorted
  }
}

interface Part {
  readonly values: Float64Array
  readonly index: Int32Array
  readonly width: number
}

/** values[row of cell] += weight of cell times the outer product of what the parts say at the cell. */
function spread(
  table: Float64Array,
  rows: Int32Array,
  parts: ReadonlyArray<Part>,
  inner: number,
  values: Float64Array
): void {
  const [only] = parts
  const product = new Float64Array(inner)
  for (let i = 0; i < table.length; i++) {
    const weight = table[i]!
    if (weight === 0) continue
    const start = rows[i]! * inner
    if (only === undefined) values[start]! += weight
    else if (parts.length === 1) {
      const from = only.index[i]! * inner
      for (let x = 0; x < inner; x++) values[start + x]! += weight * only.values[from + x]!
    } else {
      outerProduct(parts, i, product)
      for (let x = 0; x < inner; x++) values[start + x]! += weight * product[x]!
    }
  }
}

function outerProduct(parts: ReadonlyArray<Part>, cell: number, product: Float64Array): void {
  product[0] = 1
  let filled = 1
  for (const { values, index, width } of parts) {
    const from = index[cell]! * width
    for (let p = filled - 1; p >= 0; p--) {
      const base = product[p]!
      for (let x = width - 1; x >= 0; x--) product[p * width + x] = base * values[from + x]!
    }
    filled *= width
  }
}

/** Per cell of a table over `from`, the cell of the table over `to` it falls on; both in their own order. */
function cellIndex(sizes: ReadonlyArray<number>, from: Clique, to: Clique): Int32Array {
  let index = Int32Array.of(0)
  for (const column of from) {
    const place = to.indexOf(column)
    const stride = place < 0 ? 0 : cellsOf(sizes, to.slice(place + 1))
    const size = sizes[column]!
    const wider = new Int32Array(index.length * size)
    for (let i = 0, k = 0; i < index.length; i++) for (let x = 0; x < size; x++) wider[k++] = index[i]! + x * stride
    index = wider
  }
  return index
}

function linksOf({ tree }: GraphicalModel): ReadonlyArray<ReadonlyArray<Link>> {
  const near: Array<Array<{ to: number; separator: Clique }>> = tree.cliques.map(() => [])
  for (const { child, parent, separator } of tree.edges) {
    near[parent]!.push({ to: child, separator })
    near[child]!.push({ to: parent, separator })
  }
  const beyond = (at: number, from: number, seen: Set<number>): Set<number> => {
    for (const column of tree.cliques[at]!) seen.add(column)
    for (const { to } of near[at]!) if (to !== from) beyond(to, at, seen)
    return seen
  }
  return near.map((own, at) => own.map((link) => ({ ...link, beyond: beyond(link.to, at, new Set()) })))
}
