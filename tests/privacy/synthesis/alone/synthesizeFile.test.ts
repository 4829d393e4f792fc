import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { ColumnDomain } from "#core/release/ColumnDomain.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { zcdpRho } from "#privacy/dp/accounting/zcdpRho.ts"
import { readMarginals } from "#privacy/synthesis/alone/readMarginals.ts"
import { synthesizeFile, writeSynthesis } from "#privacy/synthesis/alone/synthesizeFile.ts"
import type { AloneOptions } from "#privacy/synthesis/alone/synthesizeFile.ts"
import type { SynthesisRequest } from "#privacy/synthesis/planSynthesis.ts"
import { broken, customers, domain, provided, rowsOf, rules } from "./customers.ts"

const request: SynthesisRequest = {
  algorithm: "mst",
  domain,
  rules,
  epsilon: 1,
  delta: 1e-6,
  workload: 2,
  rowsPerSubject: 1
}

const run = (file: string, out: string, ask: Partial<SynthesisRequest> = {}, more: Partial<AloneOptions> = {}) =>
  provided(
    synthesizeFile(file, { ...request, ...ask }, { seed: "7", fixed: {}, rows: 4000, out, earlier: [], ...more }),
    file,
    out
  )

const ledgerOf = (file: string): ReadonlyArray<{ rho: string; delta: string }> =>
  readFileSync(`${file}.assay-ledger.jsonl`, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line))

describe("synthetic rows of a file", () => {
  it.effect("have the types of the domain, keys of their own and no text, and break no rule", () =>
    Effect.gen(function* () {
      const file = customers(5000)
      for (const algorithm of ["independent", "mst", "aim"] as const) {
        const out = `${file}.${algorithm}.csv`
        yield* run(file, out, { algorithm })
        const rows = rowsOf(readFileSync(out, "utf8"))
        assert.strictEqual(rows.length, 4000)
        assert.deepStrictEqual(Object.keys(rows[0]!), ["id", "region", "city", "age", "spend", "signed", "closed"])
        assert.strictEqual(new Set(rows.map((row) => row["id"])).size, 4000)
        for (const row of rows) {
          assert.isUndefined(broken(row), JSON.stringify(row))
          assert.match(row["spend"]!, /^(\d{1,4}\.\d\d)?$/)
          assert.match(row["closed"]!, /^(\d{4}-\d\d-\d\d)?$/)
        }
        assert(rows.some((row) => row["spend"] === "") && rows.some((row) => row["closed"] === ""))
      }
    })
  )

  it.effect(
    "charge the ledger what was asked before anything is read, and what readings and learning used is no more",
    () =>
      Effect.gen(function* () {
        const file = customers(3000)
        const units = rhoUnits.limit(zcdpRho(1, 1e-6))
        for (const algorithm of ["independent", "mst", "aim"] as const) {
          const out = `${file}.${algorithm}.csv`
          const { manifest } = yield* run(file, out, { algorithm }, { ledger: `${file}.assay-ledger.jsonl` })
          assert.strictEqual(ledgerOf(file).at(-1)!.rho, String(units))
          assert.strictEqual(manifest.loss.rhoUnits, String(units))
          const used = manifest.measurements.reduce((sum, own) => sum + BigInt(own.rhoUnits), 0n)
          assert(used <= units)
          if (algorithm === "independent") assert.strictEqual(used, units)
        }
      })
  )

  it.effect("cost the same by a cheaper form of AIM, which manifest and marginals name", () =>
    Effect.gen(function* () {
      const file = customers(2000)
      const units = rhoUnits.limit(zcdpRho(1, 1e-6))
      for (const variant of ["top", "oneshot"] as const) {
        const out = `${file}.${variant}.csv`
        const { manifest, plan } = yield* run(file, out, { algorithm: "aim", variant }, { rows: 500 })
        assert.strictEqual(plan.units, units)
        const used = manifest.measurements.reduce((sum, own) => sum + BigInt(own.rhoUnits), 0n)
        // What is not in readings went to noisy distances.
        assert(used < units)
        assert.strictEqual(manifest.variant, variant)
        assert.strictEqual(JSON.parse(readFileSync(`${out}.marginals.json`, "utf8")).variant, variant)
        for (const row of rowsOf(readFileSync(out, "utf8"))) assert.isUndefined(broken(row), JSON.stringify(row))
      }
    })
  )

  it.effect("are refused over budget before the file is read", () =>
    Effect.gen(function* () {
      const file = customers(200)
      const ledger = `${file}.assay-ledger.jsonl`
      const out = `${file}.out.csv`
      const error = yield* Effect.flip(run(file, out, { epsilon: 20 }, { ledger }))
      assert.strictEqual((error as { code?: string }).code, "budget.exhausted")
      assert.isFalse(existsSync(out) || existsSync(`${out}.marginals.json`))
    })
  )

  it.effect("are made again byte for byte from the noisy marginals, without the source", () =>
    Effect.gen(function* () {
      const file = customers(3000)
      for (const kind of ["csv", "parquet"]) {
        const [first, second] = [`${file}.a.${kind}`, `${file}.b.${kind}`]
        const { manifest } = yield* run(file, first, { algorithm: "aim" })
        writeFileSync(`${file}.moved`, "")
        const again = yield* provided(
          Effect.flatMap(readMarginals(`${first}.marginals.json`), (marginals) =>
            writeSynthesis(
              marginals,
              {
                rhoUnits: 0n,
                learningUnits: 0n,
                epsilon: 0,
                delta: 0,
                selectionDelta: 0,
                unit: "row",
                rowsPerSubject: 1
              },
              { seed: "7", fixed: {}, rows: 4000, out: second }
            )
          ),
          `${file}.moved`,
          second
        )
        assert.deepStrictEqual(readFileSync(second), readFileSync(first))
        assert.strictEqual(again.file.sha256, manifest.file.sha256)
        assert.strictEqual(again.marginals, manifest.marginals)
      }
    })
  )

  it.effect("can have columns fixed, exactly and within the rules", () =>
    Effect.gen(function* () {
      const file = customers(3000)
      const out = `${file}.fixed.csv`
      yield* run(file, out, {}, { fixed: { city: ["Oslo"], age: { from: 30, to: 59 } } })
      const rows = rowsOf(readFileSync(out, "utf8"))
      assert.strictEqual(rows.length, 4000)
      for (const row of rows) {
        assert.isUndefined(broken(row))
        assert.strictEqual(row["city"], "Oslo")
        assert(Number(row["age"]) >= 30 && Number(row["age"]) <= 59)
      }
      const never = yield* Effect.flip(run(file, out, {}, { fixed: { city: "Oslo", region: "west" } }))
      assert.strictEqual((never as { code?: string }).code, "synth.impossible")
    })
  )

  it.effect("find bounds, quantiles and values privately where nobody declares them", () =>
    Effect.gen(function* () {
      const file = customers(20_000)
      const open: Record<string, ColumnDomain> = {
        city: { type: "categorical", values: "dp" },
        age: { type: "integer", bins: 6, quantiles: true },
        spend: { type: "money", null: true, bins: 8 }
      }
      const out = `${file}.open.csv`
      const { manifest, plan } = yield* run(file, out, { domain: open, rules: [] })
      assert.strictEqual(manifest.loss.selectionDelta, 5e-7)
      assert(plan.learningUnits > 0n && plan.learningUnits * 9n < plan.units)
      const rows = rowsOf(readFileSync(out, "utf8"))
      const seen = new Set(rows.map((row) => row["city"]))
      for (const city of ["Nuuk", "Oslo", "Lima", "Rome", "Cork", "Vigo"]) assert(seen.has(city), city)
      const ages = manifest.preprocessing.columns.find(({ name }) => name === "age")!
      assert(ages.kind === "numbers" && ages.size >= 4 && ages.size <= 6 && ages.edges[0]! <= 15)
    })
  )

  it.effect("protect a subject with several rows: at most so many count, and the noise is for all of them", () =>
    Effect.gen(function* () {
      const file = `${customers(1)}.visits.csv`
      const lines = Array.from({ length: 6000 }, (_, i) => `${i % 500},${i % 500 === 0 ? "a" : "b"}`)
      writeFileSync(file, `who,kind\n${lines.join("\n")}\n,a\n`)
      const out = `${file}.out.csv`
      const kinds = { kind: { type: "categorical", values: ["a", "b"] } } as const
      const { manifest } = yield* run(
        file,
        out,
        { algorithm: "independent", domain: kinds, rules: [], rowsPerSubject: 3, epsilon: 5 },
        { subject: "who" }
      )
      assert.closeTo(manifest.measurements[0]!.sigma, 3 / Math.sqrt(2 * zcdpRho(5, 1e-6)), 1e-3)
      const { readings } = yield* provided(readMarginals(`${out}.marginals.json`), file, out)
      assert.closeTo(readings[0]!.counts[0]!, 3, 20)
      assert.closeTo(readings[0]!.counts[1]!, 3 * 499, 20)
    })
  )

  it.effect("buy nothing again that earlier noisy marginals of the file tell", () =>
    Effect.gen(function* () {
      const file = customers(3000)
      const out = `${file}.first.csv`
      yield* run(file, out, { algorithm: "independent" })
      const earlier = [yield* provided(readMarginals(`${out}.marginals.json`), file, out)]
      const ledger = `${file}.assay-ledger.jsonl`
      const same = yield* run(file, `${file}.second.csv`, { algorithm: "independent" }, { earlier, ledger })
      assert.strictEqual(same.plan.units, 0n)
      assert.strictEqual(ledgerOf(file)[0]!.rho, "0")
      const more = yield* run(file, `${file}.third.csv`, { algorithm: "mst" }, { earlier, ledger })
      const third = (rhoUnits.limit(zcdpRho(1, 1e-6)) * 2n) / 3n
      assert(more.plan.units <= third + 1n && more.plan.units >= third - 1n)
      assert.strictEqual(more.manifest.measurements.filter(({ paidBefore }) => paidBefore).length, 6)
    })
  )

  it.effect("say what is wrong with a domain or rule before anything is charged", () =>
    Effect.gen(function* () {
      const file = customers(50)
      const out = `${file}.out.csv`
      const ledger = `${file}.assay-ledger.jsonl`
      const cases: ReadonlyArray<readonly [Partial<SynthesisRequest>, string]> = [
        [{ domain: { nowhere: 3 }, rules: [] }, "synth.domain"],
        [{ domain: { note: { type: "text" } }, rules: [] }, "synth.domain"],
        [{ domain: { age: { type: "integer", lower: 5, upper: 1 } }, rules: [] }, "synth.domain"],
        [{ domain: { signed: { type: "date", lower: "2024-02-30", upper: "2025-01-01" } }, rules: [] }, "synth.domain"],
        [{ rules: [{ forbid: { region: "east" } }] }, "synth.rule"],
        [{ rules: [{ forbid: { height: 3 } }] }, "synth.rule"],
        [{ rules: [{ order: { before: "signed", after: "age" } }] }, "synth.rule"],
        [
          { domain: { city: { type: "categorical", values: "dp" } }, rules: [{ forbid: { city: "Oslo" } }] },
          "synth.rule"
        ]
      ]
      for (const [ask, code] of cases) {
        const error = yield* Effect.flip(run(file, out, ask, { ledger }))
        assert.strictEqual((error as { code?: string }).code, code, JSON.stringify(ask))
      }
      assert.isFalse(existsSync(ledger))
    })
  )

  it.effect("leave no table of exact codes behind", () =>
    Effect.gen(function* () {
      const file = customers(500)
      const out = `${file}.out.csv`
      const left = yield* provided(
        Effect.gen(function* () {
          yield* synthesizeFile(file, request, { seed: "7", fixed: {}, out, earlier: [] })
          return yield* (yield* Warehouse).query<{ n: number }>("select count(*) as n from duckdb_tables()")
        }),
        file,
        out
      )
      assert.strictEqual(left[0]!.n, 0)
    })
  )
})
