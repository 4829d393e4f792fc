import { assert, describe, it } from "@effect/vitest"
import { CodeTable } from "#pipelines/sources/sample/CodeTable.ts"

describe("CodeTable", () => {
  it("gives its rows away in order, in chunks of at most 2,048, and is empty then", () => {
    const table = new CodeTable(["a", "b"])
    for (let i = 0; i < 10_000; i++) table.add(i, -i)
    const chunks = [...table.drain()]
    assert.deepStrictEqual(
      chunks.map((chunk) => chunk[0]!.length),
      [2048, 2048, 2048, 2048, 1808]
    )
    assert.deepStrictEqual(
      chunks.flatMap((chunk) => Array.from(chunk[1]!)),
      Array.from({ length: 10_000 }, (_, i) => 0 - i)
    )
    assert.strictEqual(table.length, 0)
    assert.deepStrictEqual([...table.drain()], [])
  })

  it("doubles its last row", () => {
    const table = new CodeTable(["a", "b"])
    table.add(1, 2)
    table.add(3, 4)
    table.double()
    const [chunk] = [...table.drain()]
    assert.deepStrictEqual(
      chunk!.map((column) => Array.from(column)),
      [
        [1, 3, 3],
        [2, 4, 4]
      ]
    )
  })

  it("refuses a row with too few codes", () => {
    assert.throws(() => new CodeTable(["a", "b"]).add(1), RangeError)
  })
})
