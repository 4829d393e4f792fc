import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import type { ColumnDomain } from "#core/release/ColumnDomain.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { boundRows } from "#privacy/synthesis/encode/boundRows.ts"
import type { CodedColumn } from "#privacy/synthesis/encode/CodedColumn.ts"
import { codeTable } from "#privacy/synthesis/encode/codeTable.ts"
import { planColumns } from "#privacy/synthesis/encode/planColumns.ts"
import { compileRules } from "#privacy/synthesis/rules/compileRules.ts"
import { silentNoise } from "../../dp/silentNoise.ts"

const domain: Readonly<Record<string, ColumnDomain>> = {
  kind: { type: "categorical", values: ["a", "b"], other: "c", null: true },
  plain: 4,
  amount: { type: "money", lower: 0, upper: 100, bins: 5, null: true },
  score: { type: "real", lower: -1, upper: 1, step: 0.01, bins: 4 },
  day: { type: "date", lower: "2026-01-01", upper: "2026-12-31", bins: 3, null: true }
}
const cliques = [[], [0], [1], [2], [3], [4], [0, 2], [1, 4], [0, 1, 3]]

const bits = seededBits("sensitivity")
const pick = (values: ReadonlyArray<string>): string => values[uniformInt(bits, values.length)]!

/** Rows of ugly texts: nothing in them may raise, whatever the domain says. */
const rows = Array.from({ length: 160 }, () => ({
  who: pick(["s1", "s2", "s3", "s4", "s5", "s5", "s5", ""]),
  kind: pick(["a", "b", "x", "", "null", "'"]),
  plain: pick(["0", "1", "2", "3", "0", "1", "2", "3", "4", "-1", "1.5", "zwei", ""]),
  amount: pick(["0", "99.999", "1e300", "-5", "nan", "inf", "", "12,5", "50"]),
  score: pick(["0.5", "-0.999", "2", "0", "-1", "0.25", "-inf", "NaN"]),
  day: pick(["2026-05-05", "2026-02-30", "infinity", "-infinity", "1066-10-14", "9999-12-31", ""])
}))

const countsOf = (kept: typeof rows, cap: number) =>
  Effect.gen(function* () {
    const warehouse = yield* Warehouse
    const literal = (text: string): string => (text === "" ? "null" : `'${text.replaceAll("'", "''")}'`)
    const values = kept.map((row) => `(${Object.values(row).map(literal).join(", ")})`)
    yield* warehouse.run(
      `create or replace table core.t as select * from (values ${values.join(", ")}) v(who, kind, plain, amount, score, day)`
    )
    const { columns } = yield* planColumns(domain, () => [])
    const coded = columns.filter((column): column is CodedColumn => !("need" in column))
    const rules = yield* compileRules(coded, [{ forbid: { kind: "a", plain: ["3"] } }])
    const names = coded.map(({ name }) => name)
    const bounded = yield* boundRows("core.t", "who", names, cap, ["_stage", "b"])
    const source = yield* codeTable(coded, rules.potentials, bounded, ["_stage", "c"], cap)
    return yield* Effect.forEach(cliques, source.counts)
  })

describe("what the noise is added to", () => {
  it.effect("moves by at most the cap in every marginal when one subject goes, and for nobody else", () =>
    Effect.gen(function* () {
      for (const cap of [1, 3, 1000]) {
        const all = yield* countsOf(rows, cap)
        let most = 0
        for (const subject of ["s1", "s2", "s3", "s4", "s5", ""]) {
          const without = yield* countsOf(
            rows.filter(({ who }) => who !== subject),
            cap
          )
          for (const [k, table] of all.entries()) {
            const moved = table.map((n, j) => n - without[k]![j]!)
            assert(moved.every((change) => change >= 0))
            const sum = moved.reduce((a, b) => a + b, 0)
            assert.isAtMost(sum, subject === "" ? 0 : cap)
            most = Math.max(most, sum)
          }
        }
        // Of three kept rows one may have a value without a code.
        assert.isAtLeast(most, Math.min(cap, 2))
      }
    }).pipe(Effect.provide(Layer.merge(Warehouse.memory, silentNoise)))
  )
})
