import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { SynthesisRule } from "#core/release/SynthesisRule.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { declaredBreaks } from "#privacy/disclosure/quality/declaredBreaks.ts"

const columns = [
  { name: "age", kind: "number" },
  { name: "plan", kind: "category" },
  { name: "city's", kind: "category" },
  { name: "signed", kind: "number" },
  { name: "closed", kind: "category" },
  { name: "code", kind: "category" }
] as const

const day = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 1000
const rows = [
  [17, "a", "Oslo", day("2025-01-01"), "2025-02-01", "1"],
  [40, "b", "Lima", day("2025-03-01"), "2025-02-01", "01.0"],
  ["null", "a", "Lima", "null", "n/a", "2"],
  [90, null, "x' or true --", day("2025-01-01"), "2025-01-01", null]
]
const text = (value: unknown): string =>
  value === null
    ? "null"
    : typeof value === "string" && value !== "null"
      ? `'${value.replaceAll("'", "''")}'`
      : `${value}`

const broken = (rules: ReadonlyArray<SynthesisRule>) =>
  Effect.gen(function* () {
    const { script } = yield* Warehouse
    for (const part of ["real", "synthetic"]) {
      yield* script(
        `create or replace table core.${part} (age double, plan text, "city's" text, signed double, closed text, code text);
         insert into core.${part} values ${rows.map((row) => `(${row.map(text).join(", ")})`).join(", ")}`
      )
    }
    return yield* declaredBreaks(rules, columns, ["real", "synthetic"])
  }).pipe(Effect.provide(Warehouse.memory))

describe("declaredBreaks", () => {
  it.effect("counts for each rule the rows that break it; what is missing breaks no range and no order", () =>
    Effect.gen(function* () {
      const cases: ReadonlyArray<readonly [SynthesisRule, number]> = [
        [{ range: { column: "age", lower: 18, upper: 80 } }, 2],
        [{ range: { column: "age", upper: 80, when: { plan: "a" } } }, 0],
        [{ range: { column: "closed", lower: "2025-01-15" } }, 2],
        [{ forbid: { plan: "a", age: { to: 20 } } }, 1],
        [{ forbid: { plan: null } }, 1],
        [{ forbid: { code: 1 } }, 2],
        [{ forbid: { code: "01.0" } }, 2],
        [{ when: { plan: ["a", "b"] }, require: { "city's": ["Oslo", "Lima"] } }, 0],
        [{ require: { age: { from: 0 } } }, 1],
        [{ forbid: { "city's": "x' or true --" } }, 1],
        [{ forbid: { signed: "2025-01-01" } }, 2],
        [{ order: { before: "signed", after: "closed" } }, 1],
        [{ order: { before: "signed", after: "closed", strict: true } }, 2],
        [{ determines: { from: "city's", to: "plan", map: { Lima: "b", Oslo: "a" } } }, 1],
        [
          {
            allow: {
              columns: ["plan", "code"],
              combinations: [
                ["a", "1"],
                ["a", 2],
                ["b", 1],
                [null, null]
              ]
            }
          },
          0
        ],
        [{ allow: { columns: ["plan"], combinations: [["a"]] } }, 2]
      ]
      const found = yield* broken(cases.map(([rule]) => rule))
      assert.deepStrictEqual(
        found.rules.map((own) => own.broken.synthetic),
        cases.map(([, count]) => count)
      )
      assert.strictEqual(found.any, 4)
      assert.strictEqual(found.rows, 4)
      assert.notInclude(JSON.stringify(found), "Lima")
    })
  )

  it.effect("breaks nothing without rules, and refuses a rule that cannot be meant, without its values", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* broken([])).any, 0)
      for (const rule of [
        { forbid: { salary: "secret" } },
        { range: { column: "age", lower: "secret" } },
        { order: { before: "age", after: "ages" } }
      ] as ReadonlyArray<SynthesisRule>) {
        const error = yield* Effect.flip(broken([{ forbid: { plan: "zzz" } }, rule]))
        assert.strictEqual((error as { code?: string }).code, "risk.rule")
        assert.include(error.message, "Rule 2 ")
        assert.notInclude(error.message, "secret")
      }
    })
  )
})
