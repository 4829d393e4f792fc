import { assert, describe, it } from "@effect/vitest"
import { duePartitions } from "#pipelines/engine/partition/duePartitions.ts"
import { everything, intersect, onlyKey, subtract, unite } from "#pipelines/engine/partition/KeyRange.ts"
import type { KeyRange } from "#pipelines/engine/partition/KeyRange.ts"
import {
  batchesOf,
  countPartitions,
  expectedRanges,
  namedRange,
  rangeInWords
} from "#pipelines/engine/partition/partitionKeys.ts"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"

const days = (from: number, to: number): KeyRange => ({
  from: `2026-01-${String(from).padStart(2, "0")}`,
  to: `2026-01-${String(to).padStart(2, "0")}`
})
const inside = (ranges: ReadonlyArray<KeyRange>, n: number): boolean =>
  ranges.some(({ from, to }) => from <= days(n, n).from && days(n, n).from < to)
const each = Array.from({ length: 31 }, (_, i) => i + 1)
const daily = { type: "daily", by: "day", start: "2026-01-01" } as const

describe("ranges of partitions", () => {
  it("unite, subtract and intersect as the sets of their days do, in order and never touching (500 seeded pairs)", () => {
    const bits = seededBits("ranges")
    const some = (): ReadonlyArray<KeyRange> =>
      Array.from({ length: uniformInt(bits, 5) }, () => {
        const from = 1 + uniformInt(bits, 28)
        return days(from, from + uniformInt(bits, 31 - from))
      })
    for (let i = 0; i < 500; i++) {
      const [a, b] = [unite(some()), unite(some())]
      for (const n of each) {
        assert.strictEqual(inside(unite([...a, ...b]), n), inside(a, n) || inside(b, n))
        assert.strictEqual(inside(subtract(a, b), n), inside(a, n) && !inside(b, n))
        assert.strictEqual(inside(intersect(a, b), n), inside(a, n) && inside(b, n))
      }
      for (const set of [unite([...a, ...b]), subtract(a, b)]) {
        for (let j = 1; j < set.length; j++) assert.isTrue(set[j - 1]!.to < set[j]!.from)
      }
    }
  })

  it("keep a thousand days in one range and part them into batches", () => {
    const due = unite(
      Array.from({ length: 1000 }, (_, i) => {
        const day = (n: number): string => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10)
        return { from: day(i), to: day(i + 1) }
      })
    )
    assert.strictEqual(due.length, 1)
    assert.strictEqual(countPartitions(daily, due), 1000)
    const batches = batchesOf(daily, due, 300)
    assert.deepStrictEqual(
      batches.map((batch) => countPartitions(daily, batch)),
      [300, 300, 300, 100]
    )
    assert.deepStrictEqual(unite(batches.flat()), due)
    assert.strictEqual(rangeInWords(due[0]!).en, "2024-01-01 … 2026-09-26")
  })

  it("of keys hold a key alone, also a Chinese or an odd one, and are told by their names", () => {
    const list = { type: "static", by: "region", keys: ["华东", "a", "a b", "\u{1f600}", "\uffee"] } as const
    const all = expectedRanges(list, "2026-01-01")
    assert.strictEqual(countPartitions(list, all), 5)
    assert.deepStrictEqual(
      subtract(all, [onlyKey("a")]).map(({ from }) => from),
      ["a b", "华东", "\uffee", "\u{1f600}"]
    )
    assert.deepStrictEqual(
      namedRange(list, "a", "a").map((range) => rangeInWords(range).en),
      ["a"]
    )
    assert.deepStrictEqual(
      batchesOf(list, all, 2).map((batch) => batch.length),
      [2, 2, 1]
    )
    assert.strictEqual(countPartitions({ type: "dynamic", by: "region" }, [everything]), undefined)
  })
})

describe("duePartitions", () => {
  const expected = [days(1, 21)]
  it("asks for what was never made and for what changed since it was made, and for nothing else", () => {
    const made = [
      { ...days(1, 11), upto: 5 },
      { ...days(15, 21), upto: 9 }
    ]
    const changes = [
      { ...days(2, 4), seq: 4 },
      { ...days(3, 5), seq: 6 },
      { ...days(9, 17), seq: 8 },
      { ...days(20, 21), seq: 10 }
    ]
    assert.deepStrictEqual(duePartitions(expected, made, changes), {
      missing: [days(11, 15)],
      touched: [days(3, 5), days(9, 11), days(20, 21)]
    })
  })

  it("takes a later making as an answer to every change before it", () => {
    const changes = [{ ...days(1, 21), seq: 3 }]
    const made = [
      { ...days(1, 21), upto: 2 },
      { ...days(4, 6), upto: 3 }
    ]
    assert.deepStrictEqual(duePartitions(expected, made, changes).touched, [days(1, 4), days(6, 21)])
  })
})
