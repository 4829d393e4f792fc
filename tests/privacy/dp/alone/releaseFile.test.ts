import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { epsilonForError } from "#privacy/dp/aggregate/epsilonForError.ts"
import { releaseFile } from "#privacy/dp/alone/releaseFile.ts"
import { Noise } from "#privacy/dp/Noise.ts"

const spec: ReleaseSpec = {
  kind: "dp_aggregate",
  unit: "customer",
  by: ["state"],
  keys: { state: ["A", "B"] },
  measures: [
    { name: "orders", count: "rows" },
    { name: "spend", sum: "amount", lower: 0, upper: 100 }
  ],
  bounds: { groups_per_subject: 1, rows_per_group: 2 },
  population: { subjects: 4000 },
  epsilon: 3,
  delta: 1e-6
}
const fresh = (poison = ""): string => {
  const file = join(mkdtempSync(join(tmpdir(), "assay-dp-")), "data.csv")
  const rows = Array.from({ length: 8000 }, (_, i) => `c${i % 4000},${i % 2 === 0 ? "A" : "B"},${i % 90}`)
  writeFileSync(file, `customer,state,amount\n${rows.join("\n")}\n${poison}`)
  return file
}
const run = (file: string, asked: ReleaseSpec = spec, ledger: string | undefined = `${file}.assay-ledger.jsonl`) =>
  releaseFile(file, asked, ledger).pipe(
    Effect.provide(
      Layer.mergeAll(
        NodeServices.layer,
        Noise.layerOver(seededBits("alone")),
        Warehouse.layer({ path: ":memory:", spill: "", directories: [], files: [file] })
      ),
      { local: true }
    )
  )

describe("a release of a file without a home", () => {
  it.live("gives noisy figures near the truth and charges the ledger beside the file", () =>
    Effect.gen(function* () {
      const file = fresh()
      const { table, budget, description } = yield* run(file)
      assert.strictEqual(table.rows, 2)
      for (const value of table.columns[1]!.values) assert.closeTo(Number(value), 4000, 100)
      const [line] = readFileSync(`${file}.assay-ledger.jsonl`, "utf8").trim().split("\n")
      assert.strictEqual(BigInt(JSON.parse(line!).rho), budget!.spentUnits)
      assert.strictEqual(description.plan, JSON.parse(line!).plan)
    })
  )

  it.live("refuses to overdraw, and the ledger says so again in another process", () =>
    Effect.gen(function* () {
      const file = fresh()
      let released = 0
      let refusal: { readonly _tag: string; readonly code?: string; readonly where?: unknown } | undefined
      while (refusal === undefined && released < 50) {
        const outcome = yield* Effect.result(run(file))
        if (outcome._tag === "Success") released++
        else refusal = outcome.failure
      }
      assert.deepStrictEqual([refusal!._tag, refusal!.code], ["Refused", "budget.exhausted"])
      const lines = readFileSync(`${file}.assay-ledger.jsonl`, "utf8").trim().split("\n")
      assert.strictEqual(lines.length, released)
      const spent = lines.reduce((sum, line) => sum + BigInt(JSON.parse(line).rho), 0n)
      assert.isTrue(spent <= 1_199_331_560_561n)
      assert.strictEqual((yield* Effect.flip(run(file)))._tag, "Refused")
    })
  )

  it.live("never overdraws when several are made at once", () =>
    Effect.gen(function* () {
      const file = fresh()
      const outcomes = yield* Effect.forEach(Array(12).keys(), () => Effect.exit(run(file)), { concurrency: 4 })
      const made = outcomes.filter(({ _tag }) => _tag === "Success").length
      const lines = readFileSync(`${file}.assay-ledger.jsonl`, "utf8").trim().split("\n")
      assert.strictEqual(lines.length, made)
      assert.isFalse(existsSync(`${file}.assay-ledger.jsonl.lock`))
    })
  )

  it.live("notices a ledger from which a line was taken", () =>
    Effect.gen(function* () {
      const file = fresh()
      for (let i = 0; i < 3; i++) yield* run(file)
      const ledger = `${file}.assay-ledger.jsonl`
      const lines = readFileSync(ledger, "utf8").trim().split("\n")
      writeFileSync(ledger, `${lines[0]}\n${lines[2]}\n`)
      const error = yield* Effect.flip(run(file))
      assert.deepStrictEqual([error._tag, (error as { code: string }).code], ["Refused", "ledger.unsound"])
    })
  )

  it.live("is accepted or refused by the query alone: a poison row changes neither status nor error text", () =>
    Effect.gen(function* () {
      const poison = ["c1,A,oops", "c2,A,", "c3,A,99999999999999999999999", "c4", ",,", "c5,B,nan,more"].join("\n")
      const [clean, dirty] = [yield* run(fresh()), yield* run(fresh(poison))]
      assert.strictEqual(dirty.table.rows, clean.table.rows)
      assert.strictEqual(dirty.plan.hash, clean.plan.hash)
      const unbounded: ReleaseSpec = { ...spec, bounds: {} }
      const said = yield* Effect.forEach([fresh(), fresh(poison)], (file) => Effect.flip(run(file, unbounded)))
      assert.strictEqual(said[0]!.message, said[1]!.message)
      assert.strictEqual(said[0]!._tag, "Refused")
    })
  )

  it.live("counts its subjects out of its own loss when the query does not say how many there are", () =>
    Effect.gen(function* () {
      const { population: _, ...open } = spec
      const { plan, budget } = yield* run(fresh(), open)
      assert.strictEqual(plan.prediction!.source, "census")
      assert.closeTo(plan.prediction!.subjects, 4000, 60)
      assert.strictEqual(budget!.spentUnits, plan.noise.chargeUnits)
    })
  )

  it.live("tells which epsilon a wanted error needs", () =>
    Effect.gen(function* () {
      const { plan } = yield* run(fresh())
      const info = { subjects: 4000, source: "declared" } as const
      const [strict, loose] = [0.02, 0.2].map((error) => epsilonForError(plan.shape, info, error)!)
      assert.isAbove(strict!, loose!)
      assert.isUndefined(epsilonForError(plan.shape, { ...info, subjects: 3 }, 0.001))
    })
  )
})
