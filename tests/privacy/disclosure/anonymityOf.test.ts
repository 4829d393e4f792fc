import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { anonymityOf } from "#privacy/disclosure/anonymity/anonymityOf.ts"
import { measureAnonymity } from "#privacy/disclosure/anonymity/measureAnonymity.ts"
import { suppressGroups } from "#privacy/disclosure/anonymity/suppressGroups.ts"

describe("anonymityOf", () => {
  it("gives the textbook distances of salaries 3k..11k: 0.167 ordered for 6k, 8k, 11k and 0.375 for 3k, 4k, 5k", () => {
    // Li et al. 2007, section 4.2, with the nine salaries of their table 3.
    const counts = {
      group: [1, 1, 1, 2, 2, 2, 3, 3, 3],
      value: [0, 1, 2, 3, 5, 8, 4, 6, 7],
      rows: [1, 1, 1, 1, 1, 1, 1, 1, 1]
    }
    assert.approximately(anonymityOf(counts, true).t, 0.375, 1e-12)
    const alone = { ...counts, group: [1, 1, 1, 2, 2, 2, 2, 2, 2] }
    assert.approximately(anonymityOf(alone, true).t, 0.375, 1e-12)
    assert.approximately(anonymityOf(counts, false).t, 2 / 3, 1e-12)
  })

  it("hides everything in one group and says that nothing of it composes", () => {
    const one = anonymityOf({ group: [1, 1], value: [0, 1], rows: [3, 7] }, true)
    assert.deepStrictEqual([one.k, one.l, one.t, one.beta, one.composes], [10, 2, 0, 0, false])
  })

  it("agrees with brute force on the distance over random groups", () => {
    let state = 1
    const next = (n: number): number => (state = (state * 48271) % 2147483647) % n
    for (let trial = 0; trial < 50; trial++) {
      const cells = new Map<string, number>()
      for (let row = 0; row < 60; row++) {
        const key = `${next(5)},${next(9)}`
        cells.set(key, (cells.get(key) ?? 0) + 1)
      }
      const list = [...cells]
        .map(([key, n]) => [...key.split(",").map(Number), n] as [number, number, number])
        .sort((a, b) => a[0] - b[0] || a[1] - b[1])
      const shareOf = (rows: typeof list): Float64Array => {
        const share = new Float64Array(9)
        const total = rows.reduce((sum, [, , n]) => sum + n, 0)
        for (const [, value, n] of rows) share[value]! += n / total
        return share
      }
      const table = shareOf(list)
      let worst = 0
      for (let group = 0; group < 5; group++) {
        const rows = list.filter(([own]) => own === group)
        if (rows.length === 0) continue
        const own = shareOf(rows)
        let [gap, distance] = [0, 0]
        for (let i = 0; i < 9; i++) distance += Math.abs((gap += own[i]! - table[i]!))
        worst = Math.max(worst, distance / 8)
      }
      const found = anonymityOf(
        { group: list.map((one) => one[0]), value: list.map((one) => one[1]), rows: list.map((one) => one[2]) },
        true
      )
      // Nine values occur in every trial of this seed, so that ranks are values.
      if (table.every((share) => share > 0)) assert.approximately(found.t, worst, 1e-12)
    }
  })
})

describe("measureAnonymity", () => {
  it.effect("takes missing quasi-identifiers as equal and texts as unordered", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      yield* warehouse.script(
        `create table core.people as select * from (values (null, 'x', 'a'), (null, 'x', 'b'), ('1', 'y', 'a'), ('1', 'y', 'b'), ('2', 'y', null)) as t(q, r, s)`
      )
      const all = yield* measureAnonymity(warehouse, "core.people", ["q", "r"], "s")
      assert.deepStrictEqual([all.k, all.l, all.groups, all.rows], [1, 1, 3, 5])
      const kept = yield* measureAnonymity(
        warehouse,
        `(${suppressGroups("core.people", ["q", "r"], 2)})`,
        ["q", "r"],
        "s"
      )
      assert.deepStrictEqual([kept.k, kept.l, kept.t, kept.rows], [2, 2, 0, 4])
    }).pipe(Effect.provide(Warehouse.memory))
  )
})
