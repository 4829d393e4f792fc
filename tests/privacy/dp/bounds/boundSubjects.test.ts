import { describe, expect, it } from "@effect/vitest"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { boundSubjects } from "#privacy/dp/bounds/boundSubjects.ts"
import { clampedSum } from "#privacy/dp/bounds/clampedSum.ts"

interface Row {
  readonly subject: number
  readonly group: number
  readonly value: number
}

const priorities = ((bits) => Array.from({ length: 10 * 12 }, () => uniformInt(bits, 2 ** 40)))(
  seededBits("priorities")
)
/** The priority of a subject in a group: fixed, so that orders can be compared. */
const priority = (subject: number, group: number): number => priorities[subject * 12 + group]!
const wide = { lower: -(2 ** 40), upper: 2 ** 40 }

/** Runs rows through the pass in chunks of a size and writes down what every subject counts with. */
function run(rows: ReadonlyArray<Row>, l0: number, size = 3): ReadonlyArray<string> {
  const settled: Array<string> = []
  const groups = Math.max(1, ...rows.map(({ group }) => group + 1))
  const { see, end } = boundSubjects({ values: 1, merged: false }, groups, l0, (slots, filled) => {
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
        Int32Array.from(some, ({ subject }) => subject),
        Int32Array.from(some, ({ group }) => group),
        Float64Array.from(some, ({ subject, group }) => priority(subject, group)),
        Float64Array.from(some, ({ value }) => value)
      ]
    })
  }
  end()
  return settled
}

const randomRows = (seed: string): ReadonlyArray<Row> => {
  const bits = seededBits(seed)
  return Array.from({ length: 400 }, (_, i) => ({
    subject: Math.floor(i / 40),
    group: uniformInt(bits, 12),
    value: uniformInt(bits, 7) === 0 ? Number.NaN : uniformInt(bits, 1000) - 500
  }))
}
const shuffled = (rows: ReadonlyArray<Row>, seed: string): ReadonlyArray<Row> => {
  const bits = seededBits(seed)
  const keyed = rows.map((row) => ({ row, key: bits.u32() }))
  return keyed.sort((a, b) => a.row.subject - b.row.subject || a.key - b.key).map(({ row }) => row)
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
    expect(run(rows, 5)).toEqual(expected)
  })

  it("gives the same whatever the order of a subject's rows and the size of chunks (T11)", () => {
    const rows = randomRows("order")
    const expected = run(rows, 4)
    for (let i = 0; i < 20; i++) expect(run(shuffled(rows, `shuffle ${i}`), 4, 1 + i * 3)).toEqual(expected)
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
    expect(run(rows.slice(0, 5000), 1, 100)).toEqual([`0: 5000 rows, sum ${2 ** 40}`])
  })

  it("forgets a subject at the next one, also where groups are fewer than the bound", () => {
    const rows = [0, 1, 2].map((subject) => ({ subject, group: 0, value: 1 }))
    expect(run(rows, 9)).toEqual(["0: 1 rows, sum 1", "0: 1 rows, sum 1", "0: 1 rows, sum 1"])
    expect(run([], 3)).toEqual([])
  })

  it("does not go on over rows that are not ordered by subject: they would count twice", () => {
    const rows = [1, 0].map((subject) => ({ subject, group: 0, value: 1 }))
    expect(() => run(rows, 1)).toThrow(/ordered by subject/)
  })
})
