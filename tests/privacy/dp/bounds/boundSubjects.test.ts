import { describe, expect, it } from "@effect/vitest"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { boundSubjects } from "#privacy/dp/bounds/boundSubjects.ts"
import { clampedSum } from "#privacy/dp/bounds/clampedSum.ts"
import { groupKeys } from "#privacy/dp/bounds/groupKeys.ts"
import { keyOf, mixInto, priorityOf } from "#privacy/dp/bounds/keyedMix.ts"

interface Row {
  readonly subject: number
  readonly group: number
  readonly value: number
}

interface Layout {
  readonly bits?: number
  readonly ordered?: boolean
  readonly capacity?: number
}

const key = keyOf("salt")
const groupCount = 12
/** The keys of subjects and groups: the high word of a subject says which part it is in. */
const subjectKey = (subject: number): readonly [number, number] => [subject * 7919, (subject * 0x1234567) | 0]
const groupKey = (group: number): readonly [number, number] => [group, -group]
const partOf = ({ subject }: Row, bits: number): number => (bits === 0 ? 0 : subjectKey(subject)[1] >>> (32 - bits))

/** The priority of a subject in a group, by the names alone. */
function priority(subject: number, group: number): number {
  const mixed = new Int32Array(4)
  mixInto(key, ...subjectKey(subject), mixed, 0)
  mixInto(key, ...groupKey(group), mixed, 2)
  return priorityOf(key, mixed[0]! ^ mixed[2]!, mixed[1]! ^ mixed[3]!)
}
const wide = { lower: -(2 ** 40), upper: 2 ** 40 }

/** Runs rows through the pass in chunks of a size and writes down what every subject counts with, in no order. */
function run(
  rows: ReadonlyArray<Row>,
  l0: number,
  size = 3,
  { bits = 0, ordered = false, capacity = Math.max(1, rows.length) }: Layout = {}
): ReadonlyArray<string> {
  const settled: Array<string> = []
  const groups = groupKeys(key)
  groups.take(Int32Array.from(Array.from({ length: groupCount }, (_, group) => groupKey(group)).flat()), groupCount)
  const layout = { values: 1, bits, ordered, capacity, merged: false }
  const { see, end } = boundSubjects(layout, groups, l0, key, (slots, filled) => {
    const its = Array.from(
      { length: filled },
      (_, slot) => `${slots.group[slot]}: ${slots.rows[slot]} rows, sum ${clampedSum(slots, slot, wide)}`
    )
    settled.push(its.sort().join("; "))
  })
  for (let from = 0; from < rows.length; from += size) {
    const some = rows.slice(from, from + size)
    see({
      length: some.length,
      columns: [
        Int32Array.from(some.flatMap(({ subject }) => subjectKey(subject))),
        Int32Array.from(some.flatMap(({ group }) => groupKey(group))),
        Float64Array.from(some, ({ value }) => value)
      ]
    })
  }
  expect(end()).toBe(new Set(rows.map(({ subject }) => subject)).size)
  return settled.sort()
}

const randomRows = (seed: string): ReadonlyArray<Row> => {
  const bits = seededBits(seed)
  return Array.from({ length: 400 }, (_, i) => ({
    subject: Math.floor(i / 40),
    group: uniformInt(bits, groupCount),
    value: uniformInt(bits, 7) === 0 ? Number.NaN : uniformInt(bits, 1000) - 500
  }))
}
const shuffled = (rows: ReadonlyArray<Row>, seed: string): ReadonlyArray<Row> => {
  const bits = seededBits(seed)
  const keyed = rows.map((row) => ({ row, key: bits.u32() }))
  return keyed.sort((a, b) => a.key - b.key).map(({ row }) => row)
}

describe("bounding subjects in one pass", () => {
  it("keeps the groups of smallest priority whole: all rows and the sum of all values in each", () => {
    const rows = randomRows("whole")
    const expected = Array.from({ length: 10 }, (_, subject) => {
      const own = rows.filter((row) => row.subject === subject)
      const groups = [...new Set(own.map(({ group }) => group))]
      groups.sort((a, b) => priority(subject, a) - priority(subject, b))
      const texts = groups.slice(0, 5).map((group) => {
        const values = own.filter((row) => row.group === group).map(({ value }) => value)
        const present = values.filter((value) => !Number.isNaN(value))
        const sum = present.length === 0 ? undefined : present.reduce((a, b) => a + b)
        return `${group}: ${values.length} rows, sum ${sum}`
      })
      return texts.sort().join("; ")
    })
    expect(run(rows, 5)).toEqual(expected.sort())
  })

  it("gives the same whatever the order of rows, the size of chunks and the number of parts (T11)", () => {
    const rows = randomRows("order")
    const expected = run(rows, 4)
    for (let i = 0; i < 20; i++)
      expect(run(shuffled(rows, `shuffle ${i}`), 4, 1 + i * 3, { bits: i % 6 })).toEqual(expected)
  })

  it("gives the same where rows have no room and are made fewer again and again, or come part by part", () => {
    const rows = randomRows("room")
    const expected = run(rows, 4)
    for (let i = 0; i < 20; i++) {
      const mixed = shuffled(rows, `room ${i}`)
      expect(run(mixed, 4, 1 + i * 5, { capacity: 1 + i * 20 })).toEqual(expected)
      expect(run(mixed, 4, 1 + i * 5, { capacity: 1 + i * 20, bits: 3 })).toEqual(expected)
      const byPart = mixed.toSorted((a, b) => partOf(a, 3) - partOf(b, 3))
      expect(run(byPart, 4, 1 + i * 5, { capacity: 1 + i * 5, bits: 3, ordered: true })).toEqual(expected)
    }
  })

  it("adds up what passes beyond exact numbers on the way, in any order", () => {
    const huge = 2 ** 52
    const rows = [
      ...Array.from({ length: 5000 }, () => ({ subject: 0, group: 0, value: huge })),
      ...Array.from({ length: 5000 }, () => ({ subject: 0, group: 0, value: -huge })),
      { subject: 0, group: 0, value: 7 }
    ]
    expect(run(rows, 1, 100)).toEqual(["0: 10001 rows, sum 7"])
    for (const seed of ["a", "b", "c"]) expect(run(shuffled(rows, seed), 1, 100)).toEqual(["0: 10001 rows, sum 7"])
    expect(run(shuffled(rows, "d"), 1, 100, { capacity: 64 })).toEqual(["0: 10001 rows, sum 7"])
    expect(run(rows.slice(0, 5000), 1, 100)).toEqual([`0: 5000 rows, sum ${2 ** 40}`])
  })

  it("forgets a subject at the next one, also where groups are fewer than the bound", () => {
    const rows = [0, 1, 2].map((subject) => ({ subject, group: 0, value: 1 }))
    expect(run(rows, 9)).toEqual(["0: 1 rows, sum 1", "0: 1 rows, sum 1", "0: 1 rows, sum 1"])
    expect(run([], 3)).toEqual([])
  })

  it("does not go on over parts that come again, or rows of a group that nobody told of", () => {
    const rows = [0, 100, 0].map((subject) => ({ subject, group: 0, value: 1 }))
    expect(() => run(rows, 1, 1, { bits: 4, ordered: true })).toThrow(/part by part/)
    expect(() => run([{ subject: 0, group: groupCount, value: 1 }], 1)).toThrow(/group/)
  })
})
