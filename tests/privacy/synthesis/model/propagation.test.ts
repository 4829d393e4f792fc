import { assert, describe, it } from "@effect/vitest"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { BeliefPropagation } from "#privacy/synthesis/model/BeliefPropagation.ts"
import { cellsOf } from "#privacy/synthesis/model/cellsOf.ts"
import type { Clique } from "#privacy/synthesis/model/Clique.ts"
import { junctionTree } from "#privacy/synthesis/model/junctionTree.ts"
import { marginalOf } from "#privacy/synthesis/model/marginalOf.ts"
import { Projection } from "#privacy/synthesis/model/Projection.ts"
import { enumerated } from "./enumerate.ts"

const bits = seededBits("propagation")
const draw = (n: number): number => uniformInt(bits, n)
const unit = (): number => uniformInt(bits, 2 ** 30) / 2 ** 30

function drawCase() {
  const n = 2 + draw(5)
  const sizes = Array.from({ length: n }, () => 1 + draw(4))
  const cliques = Array.from({ length: 1 + draw(6) }, (): Clique => {
    const columns = new Set(Array.from({ length: 1 + draw(3) }, () => draw(n)))
    return [...columns].sort((a, b) => a - b)
  })
  return { sizes, cliques }
}

const every = (n: number): ReadonlyArray<Clique> =>
  Array.from({ length: 2 ** n }, (_, mask) => Array.from({ length: n }, (_, i) => i).filter((i) => (mask >> i) & 1))

function assertClose(own: Float64Array, exact: Float64Array): void {
  assert.strictEqual(own.length, exact.length)
  own.forEach((value, j) => assert.closeTo(value, exact[j]!, 1e-6))
}

describe("a junction tree", () => {
  it("covers every clique and every column, and cliques with a common column hang together", () => {
    for (let i = 0; i < 300; i++) {
      const { sizes, cliques } = drawCase()
      const tree = junctionTree(sizes, cliques)
      for (const clique of cliques) assert(tree.cliques.some((own) => clique.every((c) => own.includes(c))))
      assert.strictEqual(tree.edges.length, tree.cliques.length - 1)
      assert.strictEqual(
        tree.cells,
        tree.cliques.reduce((sum, clique) => sum + cellsOf(sizes, clique), 0)
      )
      sizes.forEach((_, column) => {
        const holders = tree.cliques.flatMap((clique, k) => (clique.includes(column) ? [k] : []))
        assert.isAbove(holders.length, 0)
        // A connected part of a tree has one edge fewer than nodes.
        const inside = tree.edges.filter(({ separator }) => separator.includes(column))
        assert.strictEqual(inside.length, holders.length - 1)
      })
      const reached = new Set([0])
      for (const { child, parent } of tree.edges) {
        assert(reached.has(parent))
        reached.add(child)
      }
    }
  })

  it("has no clique within another", () => {
    for (let i = 0; i < 100; i++) {
      const { sizes, cliques } = drawCase()
      const own = junctionTree(sizes, cliques).cliques
      own.forEach((a, j) => own.forEach((b, k) => assert(j === k || !a.every((c) => b.includes(c)))))
    }
  })

  it("holds columns beyond the first word of bits", () => {
    const sizes = Array.from({ length: 70 }, () => 2)
    const chain = Array.from({ length: 69 }, (_, i): Clique => [i, i + 1])
    assert.strictEqual(junctionTree(sizes, chain).cells, 69 * 4)
  })
})

describe("a projection", () => {
  it("sums, fills and multiplies as index arithmetic says, for every part of a clique", () => {
    for (let i = 0; i < 60; i++) {
      const sizes = Array.from({ length: 1 + draw(5) }, () => 1 + draw(4))
      const whole = sizes.map((_, c) => c)
      const table = Float64Array.from({ length: cellsOf(sizes, whole) }, () => draw(10))
      for (const part of every(sizes.length)) {
        const { sumTo, multiplyBy, fillFrom } = Projection(sizes, whole, part)
        const sums = new Float64Array(cellsOf(sizes, part)).fill(7)
        sumTo(table, sums)
        const expected = new Float64Array(sums.length)
        const places = Array.from(table, (_, cell) => {
          let [place, stride, rest] = [0, 1, cell]
          for (const c of whole.toReversed()) {
            if (part.includes(c)) place += (rest % sizes[c]!) * stride
            if (part.includes(c)) stride *= sizes[c]!
            rest = Math.floor(rest / sizes[c]!)
          }
          return place
        })
        places.forEach((place, cell) => (expected[place]! += table[cell]!))
        assert.deepStrictEqual(sums, expected)
        const [filled, multiplied] = [new Float64Array(table.length), Float64Array.from(table)]
        fillFrom(filled, sums)
        multiplyBy(multiplied, sums)
        places.forEach((place, cell) => {
          assert.strictEqual(filled[cell], sums[place])
          assert.strictEqual(multiplied[cell], table[cell]! * sums[place]!)
        })
      }
    }
  })
})

describe("belief propagation", () => {
  it("gives the marginals of brute force, within cliques and across them", () => {
    for (let i = 0; i < 60; i++) {
      const { sizes, cliques } = drawCase()
      const factors = cliques.map((clique) => ({
        clique,
        logs: Float64Array.from({ length: cellsOf(sizes, clique) }, () => 6 * unit() - 3)
      }))
      const propagation = BeliefPropagation(sizes, junctionTree(sizes, cliques), cliques)
      const logs = factors.map((factor) => factor.logs)
      assert(propagation.propagate(logs, 1000))
      const answer = marginalOf({ sizes, tree: propagation.tree, beliefs: propagation.beliefs, total: 1000 })
      for (const asked of every(sizes.length)) {
        if (asked.length > 0) assertClose(answer(asked), enumerated(sizes, factors, asked, 1000))
      }
    }
  })

  it("keeps forbidden cells at zero and never makes NaN of -Infinity", () => {
    let impossible = 0
    for (let i = 0; i < 100; i++) {
      const { sizes, cliques } = drawCase()
      const factors = cliques.map((clique) => ({
        clique,
        logs: Float64Array.from({ length: cellsOf(sizes, clique) }, () => (draw(3) === 0 ? -Infinity : 4 * unit()))
      }))
      const propagation = BeliefPropagation(sizes, junctionTree(sizes, cliques), cliques)
      const possible = propagation.propagate(
        factors.map(({ logs }) => logs),
        1
      )
      const whole = sizes.map((_, c) => c)
      const exact = enumerated(sizes, factors, whole, 1)
      if (Number.isNaN(exact[0])) {
        assert.isFalse(possible)
        impossible++
        continue
      }
      assert.isTrue(possible)
      const answer = marginalOf({ sizes, tree: propagation.tree, beliefs: propagation.beliefs, total: 1 })
      for (const asked of every(sizes.length)) {
        if (asked.length === 0) continue
        const own = answer(asked)
        const truth = enumerated(sizes, factors, asked, 1)
        assertClose(own, truth)
        truth.forEach((value, j) => value === 0 && assert.strictEqual(own[j], 0))
      }
    }
    assert.isAbove(impossible, 2)
  })
})
