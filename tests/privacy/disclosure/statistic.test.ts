import { assert, describe, it } from "@effect/vitest"
import { seededBits } from "#core/random/BitSource.ts"
import { hypergeometricTail } from "#privacy/disclosure/statistic/hypergeometricTail.ts"
import { rankTest } from "#privacy/disclosure/statistic/rankTest.ts"
import { riskOf } from "#privacy/disclosure/statistic/riskOf.ts"
import { wilsonInterval } from "#privacy/disclosure/statistic/wilsonInterval.ts"
import { boostedTrees } from "#privacy/disclosure/quality/boostedTrees.ts"
import { ruleBreaks } from "#privacy/disclosure/quality/ruleBreaks.ts"
import { cramersV } from "#privacy/disclosure/quality/cramersV.ts"

describe("statistics of attacks", () => {
  it("gives Fisher's tea its 1 in 70 and 17 in 70", () => {
    assert.approximately(hypergeometricTail([4, 0], [4, 4]), 1 / 70, 1e-12)
    assert.approximately(hypergeometricTail([3, 1], [4, 4]), 17 / 70, 1e-12)
    assert.strictEqual(hypergeometricTail([0, 0], [10, 10]), 1)
  })

  it("keeps Wilson's interval inside 0..1 and around the rate", () => {
    const [low, high] = wilsonInterval(10, 100, 1.96)
    assert.approximately(low, 0.05523, 1e-4)
    assert.approximately(high, 0.17437, 1e-4)
    assert.strictEqual(wilsonInterval(0, 20, 1.96)[0], 0)
    assert.strictEqual(wilsonInterval(20, 20, 1.96)[1], 1)
    assert.deepStrictEqual(wilsonInterval(0, 0, 1.96), [0, 1])
  })

  it("takes the control's success away from the attack's, and never below zero", () => {
    const risk = riskOf({ hits: 60, n: 100 }, { hits: 20, n: 100 })
    assert.approximately(risk.risk, 0.5, 1e-12)
    assert.isTrue(risk.low > 0.3 && risk.high < 0.66 && risk.p < 1e-8)
    assert.strictEqual(riskOf({ hits: 10, n: 100 }, { hits: 30, n: 100 }).risk, 0)
    assert.deepStrictEqual(riskOf({ hits: 0, n: 0 }, { hits: 0, n: 0 }), { risk: 0, low: 0, high: 1, p: 1 })
  })

  it("ranks with ties, and calls equal scores no difference", () => {
    assert.strictEqual(rankTest(Float64Array.of(3, 4), Float64Array.of(1, 2)).auc, 1)
    assert.strictEqual(rankTest(Float64Array.of(1, 2), Float64Array.of(1, 2)).auc, 0.5)
    const flat = rankTest(new Float64Array(30), new Float64Array(30))
    assert.deepStrictEqual([flat.auc, flat.p], [0.5, 1])
  })

  // The seed is fixed; among other seeds it would fail about once in 10^6.
  it("has a rank test whose p is uniform when nothing differs", () => {
    const bits = seededBits("ranks")
    let small = 0
    for (let i = 0; i < 2000; i++) {
      const draw = (): Float64Array => Float64Array.from({ length: 40 }, () => bits.u32() % 12)
      if (rankTest(draw(), draw()).p < 0.1) small++
    }
    assert.isTrue(small > 135 && small < 268, String(small))
  })
})

describe("boostedTrees", () => {
  it("learns a rule of two columns together and says one half where there is nothing to learn", () => {
    const bits = seededBits("trees")
    const n = 4000
    const columns = [0, 1, 2].map(() => Uint16Array.from({ length: n }, () => bits.u32() % 6))
    const both = Uint8Array.from({ length: n }, (_, i) => (columns[0]![i]! > 2 === columns[1]![i]! > 2 ? 1 : 0))
    const noise = Uint8Array.from({ length: n }, () => bits.u32() % 2)
    const train = Uint32Array.from({ length: n / 2 }, (_, i) => i)
    const auc = (label: Uint8Array): number => {
      const model = boostedTrees(columns, label, train)
      const side = (wanted: number): Float64Array =>
        Float64Array.from(
          Array.from({ length: n / 2 }, (_, i) => n / 2 + i).filter((row) => label[row] === wanted),
          (row) => model.predict(columns, row)
        )
      return rankTest(side(1), side(0)).auc
    }
    assert.isAbove(auc(both), 0.99)
    assert.approximately(auc(noise), 0.5, 0.06)
  })
})

describe("cramersV", () => {
  it("is 1 for columns that say the same, 0 for independent ones and for a column of one value", () => {
    assert.approximately(cramersV(Float64Array.of(0.5, 0, 0, 0.5), 2, 2), 1, 1e-12)
    assert.approximately(cramersV(Float64Array.of(0.25, 0.25, 0.25, 0.25), 2, 2), 0, 1e-12)
    assert.strictEqual(cramersV(Float64Array.of(0.4, 0.6, 0, 0), 2, 2), 0)
  })
})

describe("ruleBreaks", () => {
  const table = (pairs: ReadonlyArray<readonly [number, number]>) => ({
    rows: pairs.length,
    columns: [0, 1].map((c) => ({
      name: String(c),
      kind: "category" as const,
      size: 4,
      codes: Uint16Array.from(pairs, (pair) => pair[c]!),
      place: Float32Array.from(pairs, (pair) => pair[c]!)
    }))
  })

  it("counts rows that join what never meets, and values that nobody has", () => {
    const real = table(Array.from({ length: 200 }, (_, i) => [1 + (i % 2), 1 + (i % 2)] as const))
    const made = table([
      [1, 1],
      [1, 2],
      [2, 1],
      [3, 1],
      [0, 2]
    ])
    const { pairs, unseen, range, any, pairRules } = ruleBreaks(real, made)
    assert.deepStrictEqual([pairs, unseen, range, any, pairRules], [2, 2, 0, 4, 1])
    assert.strictEqual(ruleBreaks(real, real).any, 0)
  })
})
