import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { NodeServices } from "@effect/platform-node"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { pureRho } from "#privacy/dp/accounting/pureRho.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { synthesizeGan } from "#privacy/synthesis/alone/synthesizeGan.ts"
import { learnGan } from "#privacy/synthesis/gan/learnGan.ts"
import { planGan } from "#privacy/synthesis/gan/planGan.ts"

const folder = mkdtempSync(join(tmpdir(), "assay-gan-"))
afterAll(() => rmSync(folder, { recursive: true }))

const request = {
  domain: {
    region: 3,
    plan: { type: "categorical" as const, values: ["a", "b"] },
    age: { type: "integer" as const, lower: 0, upper: 99, bins: 10 }
  },
  rules: [],
  epsilon: 1,
  delta: 1e-6,
  workload: 2,
  rowsPerSubject: 1
}
const header = ["region", "plan", "age", "who"]

describe("planGan", () => {
  it.effect("charges eps tanh(eps/2) for the training beside what the marginals cost, and its delta", () =>
    Effect.gen(function* () {
      const plan = yield* planGan(request, header)
      assert.strictEqual(plan.units - plan.marginals.units, rhoUnits.charge(pureRho(0.9)))
      assert.approximately(plan.epsilon + plan.marginals.request.epsilon, 1, 1e-12)
      assert.approximately(plan.delta + plan.marginals.request.delta, 1e-6, 1e-18)
      assert.strictEqual(plan.chargedDelta, 5e-7)
      assert.notStrictEqual(plan.hash, (yield* planGan({ ...request, epsilon: 2 }, header)).hash)
    })
  )

  it.effect("refuses to protect subjects of several rows, which training row by row does not", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(planGan({ ...request, rowsPerSubject: 3 }, header))
      assert.strictEqual(error.code, "synth.gan")
    })
  )
})

describe("learnGan", () => {
  it.effect("takes one row of each subject, learns from the noisy number of rows, and leaves no table behind", () =>
    Effect.gen(function* () {
      const { script, query } = yield* Warehouse
      yield* script(
        "create table core.people as select (i % 3)::varchar as region, case when i % 3 = 0 then 'a' else 'b' end as plan, (i % 100)::varchar as age, 'u' || (i // 2) as who from range(4000) as r(i)"
      )
      const plan = yield* planGan({ ...request, epsilon: 5 }, header)
      const learned = yield* learnGan(
        { ...plan, steps: 3, batch: 50 },
        { relation: "core.people", subject: "who", scratch: ["_stage", "gan"] }
      )
      assert.approximately(learned.total, 2000, 100)
      assert.approximately(learned.rate, 50 / learned.total, 1e-6)
      assert.deepStrictEqual(
        learned.readings.map(({ clique }) => clique),
        [[0], [1], [2]]
      )
      const spent = learned.readings.reduce((sum, { rhoUnits: units }) => sum + units, 0n)
      assert.isTrue(spent <= plan.marginals.units)
      assert.lengthOf(yield* query("select 1 from information_schema.tables where table_schema = '_stage'"), 0)
    }).pipe(Effect.provide(Layer.merge(Warehouse.memory, Noise.layerOver(seededBits("learn")))))
  )
})

describe("synthesizeGan", () => {
  it.effect("is refused before a marginal is read when the ledger has too little left", () =>
    Effect.gen(function* () {
      const [file, out, ledger] = ["real.csv", "made.csv", "real.ledger"].map((name) => join(folder, name)) as [
        string,
        string,
        string
      ]
      writeFileSync(
        file,
        ["region,plan,age,who", ...Array.from({ length: 100 }, (_, i) => `${i % 3},a,${i},u${i}`)].join("\n")
      )
      const mute = Layer.succeed(
        Noise,
        Noise.of({
          gaussian: () => Effect.die("noise was drawn"),
          chooser: () => Effect.die("noise was drawn"),
          picker: () => Effect.die("noise was drawn"),
          rounded: () => Effect.die("noise was drawn"),
          sample: () => Effect.die("a batch was drawn"),
          salt: Effect.die("noise was drawn")
        })
      )
      const asked = { seed: "1", fixed: {}, out, ledger }
      const layers = Layer.mergeAll(
        NodeServices.layer,
        mute,
        Warehouse.layer({ path: ":memory:", spill: "", directories: [], files: [file, out] })
      )
      const error = yield* Effect.flip(Effect.provide(synthesizeGan(file, { ...request, epsilon: 4 }, asked), layers))
      assert.strictEqual("code" in error ? error.code : "", "budget.exhausted")
      assert.throws(() => readFileSync(out))
    })
  )
})
