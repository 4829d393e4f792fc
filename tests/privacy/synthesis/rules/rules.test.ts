import { assert, describe, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import type { ColumnDomain } from "#core/release/ColumnDomain.ts"
import type { SynthesisRule } from "#core/release/SynthesisRule.ts"
import { csvLines } from "#privacy/synthesis/decode/csvLines.ts"
import type { CodedColumn } from "#privacy/synthesis/encode/CodedColumn.ts"
import { planColumns } from "#privacy/synthesis/encode/planColumns.ts"
import { makeSynthesis } from "#privacy/synthesis/makeSynthesis.ts"
import type { NoisyMarginals } from "#privacy/synthesis/manifest/NoisyMarginals.ts"
import { ruleCuts } from "#privacy/synthesis/rules/ruleCuts.ts"
import { breaks } from "./brokenRule.ts"

const bits = seededBits("rules")
const draw = (n: number): number => uniformInt(bits, n)
const pick = <A>(values: ReadonlyArray<A>): A => values[draw(values.length)]!

const numbers = ["x", "y", "z"] as const
const domain: Readonly<Record<string, ColumnDomain>> = {
  a: { type: "categorical", values: ["p", "q", "r"] },
  b: { type: "categorical", values: ["s", "t"], null: true },
  x: { type: "integer", lower: 0, upper: 60, bins: 5 },
  y: { type: "integer", lower: 10, upper: 90, bins: 3, null: true },
  z: { type: "integer", lower: -20, upper: 70, bins: 7 }
}

const interval = (): { from: number; to: number } => {
  const from = draw(60)
  return { from, to: from + draw(40) }
}

function drawRule(): SynthesisRule {
  const a = pick(["p", "q", "r"])
  const [first, second] = [pick(numbers), pick(numbers)]
  switch (draw(7)) {
    case 0:
      return { forbid: { a, [first]: interval() } }
    case 1:
      return { forbid: { b: pick([null, "s"]), a: [a, "p"] } }
    case 2:
      return { when: { a }, require: { b: pick([null, "t"]), [first]: interval() } }
    case 3:
      return {
        allow: {
          columns: ["a", "b"],
          combinations: [
            [a, "s"],
            ["q", null],
            ["r", "t"]
          ]
        }
      }
    case 4:
      return { determines: { from: "a", to: "b", map: { p: "s", [a]: pick(["t", null]) } } }
    case 5:
      return { range: { column: first, lower: draw(30), upper: 30 + draw(40), when: { a } } }
    default:
      return first === second
        ? { range: { column: first, lower: 5 } }
        : { order: { before: first, after: second, strict: draw(2) === 0 } }
  }
}

/** Noisy marginals of nothing: random counts over every column and two pairs. */
function marginalsOf(columns: ReadonlyArray<CodedColumn>, rules: ReadonlyArray<SynthesisRule>): NoisyMarginals {
  const cliques = [...columns.map((_, c) => [c]), [0, 2], [3, 4]]
  return {
    format: "assay-marginals/1",
    algorithm: "mst",
    columns,
    keys: [],
    rules,
    readings: cliques.map((clique) => ({
      clique,
      joined: false,
      counts: Array.from({ length: clique.reduce((n, c) => n * columns[c]!.size, 1) }, () => draw(200) - 40),
      variance: ["100", "1"],
      rhoUnits: "1"
    })),
    fit: { steps: 60, tolerance: 0 }
  }
}

describe("declared rules", () => {
  it.effect("are never broken by a generated row, whatever they are and whatever was measured", () =>
    Effect.gen(function* () {
      let [possible, checked] = [0, 0]
      for (let i = 0; i < 60; i++) {
        const rules = Array.from({ length: 1 + draw(4) }, drawRule)
        const { columns } = yield* planColumns(domain, ruleCuts(rules))
        const coded = columns.filter((column): column is CodedColumn => !("need" in column))
        const made = yield* Effect.result(makeSynthesis(marginalsOf(coded, rules)))
        if (Result.isFailure(made)) {
          assert.oneOf(made.failure.code, ["synth.impossible", "synth.rule"])
          continue
        }
        possible++
        const lines = [...csvLines(made.success.shape, made.success.rows, 300, `${i}`)].join("").trimEnd().split("\n")
        for (const line of lines.slice(1)) {
          const [a, b, x, y, z] = line.split(",")
          const row = { a: a!, b: b === "" ? null : b!, x: Number(x), y: y === "" ? null : Number(y), z: Number(z) }
          for (const rule of rules) assert.isFalse(breaks(row, rule), `${line} breaks ${JSON.stringify(rule)}`)
          checked++
        }
      }
      assert.isAbove(possible, 25)
      assert.strictEqual(checked, possible * 300)
    })
  )
})
