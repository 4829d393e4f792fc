import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { NodeServices } from "@effect/platform-node"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { seededBits } from "#core/random/BitSource.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { synthVerbs } from "#dashboard/terminal/verbs/synthVerbs.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { csvLines } from "#privacy/synthesis/decode/csvLines.ts"
import type { GanFile } from "#privacy/synthesis/gan/GanFile.ts"
import { ganRows } from "#privacy/synthesis/gan/ganRows.ts"
import { learnGan } from "#privacy/synthesis/gan/learnGan.ts"
import { planGan } from "#privacy/synthesis/gan/planGan.ts"
import { writeGenerator } from "#privacy/synthesis/gan/writeGenerator.ts"

const folder = mkdtempSync(join(tmpdir(), "assay-gan-file-"))
afterAll(() => rmSync(folder, { recursive: true }))
const io = { out: () => undefined, err: () => undefined, cwd: folder, live: false }

const request = {
  domain: {
    region: 3,
    plan: { type: "categorical" as const, values: ["a", "b"] },
    age: { type: "integer" as const, lower: 0, upper: 99, bins: 10 }
  },
  rules: [{ forbid: { plan: "b", age: { to: 19 } } }],
  epsilon: 5,
  delta: 1e-6,
  workload: 2,
  rowsPerSubject: 1
}

/** A few steps of training, its file, and the rows that the trained network itself makes. */
const trained = Effect.gen(function* () {
  yield* (yield* Warehouse).script(
    "create table core.people as select (i % 3)::varchar as region, case when i % 3 = 0 then 'a' else 'b' end as plan, (i % 100)::varchar as age from range(2000) as r(i)"
  )
  const plan = yield* planGan(request, ["region", "plan", "age"])
  const learned = yield* learnGan(
    { ...plan, steps: 5, batch: 50 },
    { relation: "core.people", scratch: ["_stage", "gan"] }
  )
  const file: GanFile = {
    format: "assay-gan-weights/1",
    columns: learned.columns,
    keys: [],
    rules: request.rules,
    total: learned.total,
    ...writeGenerator(learned.weights)
  }
  const { columns, orders, weights, potentials } = learned
  const lines = csvLines({ columns, keys: [], orders }, ganRows(weights, potentials, []), 3000, "9")
  return { file, text: [...lines].join("") }
}).pipe(Effect.provide(Layer.merge(Warehouse.memory, Noise.layerOver(seededBits("gan file")))))

const again = (file: string, flags: Readonly<Record<string, string>>) =>
  synthVerbs["synth again"].run({ words: [file], flags, io }).pipe(Effect.provide(NodeServices.layer))

describe("a file of a trained generator", () => {
  it.effect("makes the rows of the trained network again byte for byte, and others at another seed", () =>
    Effect.gen(function* () {
      const { file, text } = yield* trained
      writeFileSync(join(folder, "made.csv.weights.json"), `${canonicalJson(file)}\n`)
      const answer = yield* again("made.csv.weights.json", { out: "same.csv", rows: "3000", seed: "9" })
      const same = readFileSync(join(folder, "same.csv"), "utf8")
      assert.strictEqual(same, text)
      assert.strictEqual((answer.json as { rho: number }).rho, 0)
      const manifest = JSON.parse(readFileSync(join(folder, "same.csv.manifest.json"), "utf8"))
      assert.strictEqual(manifest.file.sha256, (answer.json as { sha256: string }).sha256)
      assert.strictEqual(manifest.weights, sha256Hex(readFileSync(join(folder, "made.csv.weights.json"), "utf8")))
      yield* again("made.csv.weights.json", { out: "other.csv", rows: "3000", seed: "10" })
      assert.notStrictEqual(readFileSync(join(folder, "other.csv"), "utf8"), same)
      yield* again("made.csv.weights.json", { out: "fixed.csv", rows: "200", fix: "region=2,plan=b" })
      const rows = readFileSync(join(folder, "fixed.csv"), "utf8").trimEnd().split("\n").slice(1)
      assert.lengthOf(rows, 200)
      assert(rows.every((row) => /^2,b,([2-9]\d)$/.test(row)))
    })
  )

  it.effect("is refused, with what to give instead, when it is torn, altered or something else", () =>
    Effect.gen(function* () {
      const { file } = yield* trained
      const { last } = file.layers
      const nan = Buffer.from(new Float32Array(last.outputs).fill(Number.NaN).buffer).toString("base64")
      const ugly = {
        torn: JSON.stringify(file).slice(0, 500),
        empty: "",
        other: JSON.stringify({ format: "assay-marginals/1" }),
        short: JSON.stringify({ ...file, layers: { ...file.layers, last: { ...last, weights: "AAAA" } } }),
        infinite: JSON.stringify({ ...file, layers: { ...file.layers, last: { ...last, bias: nan } } }),
        columns: JSON.stringify({ ...file, columns: file.columns.slice(1) }),
        shares: JSON.stringify({ ...file, cumulative: [] })
      }
      for (const [name, text] of Object.entries(ugly)) {
        writeFileSync(join(folder, `${name}.weights.json`), text)
        const error = yield* Effect.flip(again(`${name}.weights.json`, { out: `${name}.csv`, rows: "10" }))
        assert.strictEqual((error as { code?: string }).code, "synth.weights", name)
        assert.include((error as { fix?: string }).fix ?? "", ".weights.json")
      }
      const missing = yield* Effect.flip(again("nowhere.weights.json", { out: "x.csv" }))
      assert.strictEqual((missing as { code?: string }).code, "synth.weights")
    })
  )
})
