import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { Critic, criticGradients } from "#privacy/synthesis/gan/Critic.ts"
import { ganEpsilon, ganMultiplier } from "#privacy/synthesis/gan/ganNoise.ts"
import { ganRows, passingShare } from "#privacy/synthesis/gan/ganRows.ts"
import { trainGan } from "#privacy/synthesis/gan/trainGan.ts"
import { roundedNormal } from "#privacy/dp/sampler/roundedNormal.ts"

const sizes = [4, 4, 3]
const n = 3000

function table(bits = seededBits("gan table")): ReadonlyArray<Uint16Array> {
  const columns = sizes.map(() => new Uint16Array(n))
  for (let i = 0; i < n; i++) {
    const a = bits.u32() % 4
    columns[0]![i] = a
    columns[1]![i] = bits.u32() % 10 < 9 ? a : bits.u32() % 4
    columns[2]![i] = a < 2 ? 0 : 1 + (bits.u32() % 2)
  }
  return columns
}

const sharesOf = (columns: ReadonlyArray<Uint16Array>): ReadonlyArray<Float64Array> =>
  sizes.map((size, c) => {
    const shares = new Float64Array(size)
    for (const code of columns[c]!) shares[code]! += 1 / columns[c]!.length
    return shares
  })

function variation(a: ReadonlyArray<Uint16Array>, b: ReadonlyArray<Uint16Array>, of: ReadonlyArray<number>): number {
  const cells = new Float64Array(of.reduce((product, c) => product * sizes[c]!, 1))
  for (const [sign, columns] of [
    [1, a],
    [-1, b]
  ] as const)
    for (let i = 0; i < columns[0]!.length; i++)
      cells[of.reduce((cell, c) => cell * sizes[c]! + columns[c]![i]!, 0)]! += sign / columns[0]!.length
  return cells.reduce((sum, value) => sum + Math.abs(value), 0) / 2
}

/** Real noise of the mechanism from seeded bits, and what was drawn of it. */
const replayed = (drawn: Array<readonly [scale: number, n: number]>, batches: Array<number>) =>
  Layer.effect(
    Noise,
    Effect.map(Noise, (noise) =>
      Noise.of({
        ...noise,
        rounded: (scale, count) => {
          drawn.push([scale, count])
          return noise.rounded(scale, count)
        },
        sample: (threshold, count) =>
          Effect.tap(noise.sample(threshold, count), (rows) => Effect.sync(() => batches.push(rows.length)))
      })
    )
  ).pipe(Layer.provide(Noise.layerOver(seededBits("noise"))))

describe("ganMultiplier", () => {
  // The figures of privacy.md for n = 48,842, batch 500, delta 1e-5, 1,000 steps; ours also tries broken orders.
  it.each([
    [0.1, 11.1],
    [1, 1.54],
    [3, 0.88],
    [10, 0.59]
  ])("needs for epsilon %d the known multiplier %d", (eps, known) => {
    const q = 500 / 48_842
    const found = ganMultiplier(q, 1000, eps, 1e-5)
    assert.approximately(found / known, 1, 0.025)
    assert.isAtMost(ganEpsilon(q, found, 1000, 1e-5), eps)
    assert.isAbove(ganEpsilon(q, found * 0.99, 1000, 1e-5), eps * 0.99)
  })
})

describe("roundedNormal", () => {
  // z 4.4 of mean, variance and share beyond two sigma on 100,000 draws: a false alarm once in 30,000 seeds; the seed is fixed.
  it("is normal in its moments and tail, whole, and refuses a scale where gaps of doubles would show", () => {
    const draws = roundedNormal(seededBits("normal"), 2 ** 20, 100_001)
    let [sum, squares, tail] = [0, 0, 0]
    for (const draw of draws) {
      assert.isTrue(Number.isSafeInteger(draw))
      sum += draw / 2 ** 20
      squares += (draw / 2 ** 20) ** 2
      if (Math.abs(draw) > 2 ** 21) tail++
    }
    assert.isBelow(Math.abs(sum / 1e5), 0.014)
    assert.isBelow(Math.abs(squares / 1e5 - 1), 0.02)
    assert.isBelow(Math.abs(tail / 1e5 - 0.0455), 0.003)
    assert.throws(() => roundedNormal(seededBits(1), 100, 3), RangeError)
  })
})

describe("Critic", () => {
  it("clips each row to one and finds its norm without writing its gradient down", () => {
    const bits = seededBits("critic")
    const critic = Critic(11, 3, 64, () => bits.u32() / 2 ** 32)
    const places = Int32Array.from({ length: 64 * 3 }, (_, i) => [0, 4, 8][i % 3]! + (bits.u32() % 3))
    const normOf = (from: number, slope: number): number => {
      const gradients = criticGradients(critic)
      critic.score(places.subarray(from * 3, from * 3 + 3), 1)
      critic.back(Float32Array.of(slope), gradients)
      return Math.sqrt(
        gradients.reduce((sum, { weights, bias }) => sum + [...weights, ...bias].reduce((s, g) => s + g * g, 0), 0)
      )
    }
    for (let row = 0; row < 64; row++) {
      const small = normOf(row, 1e-3)
      assert.isBelow(small, 1)
      // Beyond the clip the norm is one, below it grows with the slope.
      assert.approximately(normOf(row, 2e-3) / small, 2, 1e-3)
      assert.approximately(normOf(row, 1e4), 1, 1e-4)
      assert.isAtMost(normOf(row, 1e4), 1)
    }
    // All rows at once move the sum by no more than their number.
    const gradients = criticGradients(critic)
    critic.score(places, 64)
    assert.strictEqual(critic.back(new Float32Array(64).fill(1e4), gradients), 64)
  })

  it("knows how the score moves with each place of the one-hot layer", () => {
    const bits = seededBits("places")
    const critic = Critic(6, 2, 1, () => bits.u32() / 2 ** 32)
    const score = (places: ReadonlyArray<number>): number => critic.score(Int32Array.from(places), 1)[0]!
    score([1, 4])
    const moved = critic.backPlaces(Float32Array.of(1), 6)
    const weights = critic.layers[0].weights
    for (let place = 0; place < 6; place++) {
      // A little of one more place: the same as a little more of its weights in the first sum.
      const before = score([1, 4])
      for (let k = 0; k < critic.layers[0].outputs; k++)
        critic.layers[0].bias[k]! += 1e-3 * weights[place * critic.layers[0].outputs + k]!
      const after = score([1, 4])
      for (let k = 0; k < critic.layers[0].outputs; k++)
        critic.layers[0].bias[k]! -= 1e-3 * weights[place * critic.layers[0].outputs + k]!
      assert.approximately((after - before) / 1e-3, moved[place]!, 2e-3 + 0.02 * Math.abs(moved[place]!))
    }
  })
})

describe("trainGan", () => {
  it.effect(
    "learns how columns hang together under noise, from Poisson batches, and adds the noise it was charged for",
    () =>
      Effect.gen(function* () {
        const columns = table()
        const shares = sharesOf(columns)
        const drawn: Array<readonly [number, number]> = []
        const batches: Array<number> = []
        const settings = { steps: 250, batch: 200, multiplier: 0.8 }
        const threshold = Math.floor((200 / n) * 2 ** 32)
        const { weights, parameters } = yield* Effect.provide(
          trainGan(columns, shares, threshold, settings),
          replayed(drawn, batches)
        )
        const made = [...ganRows(weights, [], [])(n, "1")].reduce<ReadonlyArray<Array<number>>>(
          (all, { length, columns: block }) => all.map((own, c) => [...own, ...block[c]!.slice(0, length)]),
          sizes.map(() => [])
        )
        const own = made.map((codes) => Uint16Array.from(codes))
        assert.lengthOf(own[0]!, n)
        // Independent columns are at 0.68 and 0.50.
        assert.isBelow(variation(columns, own, [0, 1]), 0.55)
        assert.isBelow(variation(columns, own, [0, 2]), 0.4)
        for (let c = 0; c < 3; c++) assert.isBelow(variation(columns, own, [c]), 0.06)
        assert.lengthOf(batches, 250)
        assert.isAbove(new Set(batches).size, 20)
        assert.strictEqual(
          drawn.reduce((sum, [, count]) => sum + count, 0),
          250 * parameters
        )
        for (const [scale] of drawn) assert.isAtLeast(scale, 0.8 * 2 ** 24)
      })
  )

  it.effect("makes no row that breaks a rule, the same rows from a seed, and says how few pass", () =>
    Effect.gen(function* () {
      const columns = table()
      const settings = { steps: 0, batch: 10, multiplier: 1 }
      const { weights } = yield* Effect.provide(
        trainGan(columns, sharesOf(columns), 1, settings),
        Noise.layerOver(seededBits(1))
      )
      const logs = Float64Array.from({ length: 16 }, (_, cell) => (cell % 5 === 0 ? 0 : Number.NEGATIVE_INFINITY))
      const rules = [{ clique: [0, 1], logs }]
      const fixed = [{ column: 2, codes: Uint8Array.of(1, 0, 0) }]
      const rows = [...ganRows(weights, rules, fixed)(1500, "7")].flatMap(({ length, columns: block }) =>
        Array.from({ length }, (_, i) => block.map((own) => own[i]!))
      )
      assert.lengthOf(rows, 1500)
      assert.isTrue(rows.every(([a, b, c]) => a === b && c === 0))
      const again = [...ganRows(weights, rules, fixed)(1500, "7")].flatMap(({ length, columns: block }) =>
        Array.from({ length }, (_, i) => block.map((own) => own[i]!))
      )
      assert.deepStrictEqual(again, rows)
      assert.approximately(passingShare(weights, rules, fixed), 0.125, 0.03)
      assert.strictEqual(
        passingShare(weights, [{ clique: [0], logs: new Float64Array(4).fill(Number.NEGATIVE_INFINITY) }], []),
        0
      )
    })
  )
})
