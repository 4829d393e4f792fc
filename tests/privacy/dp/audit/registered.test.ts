import { globSync, readFileSync } from "node:fs"
import { assert, describe, it, layer } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { parse } from "yaml"
import { seededBits } from "#core/random/BitSource.ts"
import { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import type { TableFacts } from "#privacy/dp/aggregate/TableFacts.ts"
import { auditPipeline } from "#privacy/dp/audit/auditPipeline.ts"
import { pipelineOf } from "#privacy/dp/audit/pipelineOf.ts"

const texts = (...names: ReadonlyArray<string>) => names.map((name) => ({ name, type: "VARCHAR" }))

/** The columns that the table of each product has, by the name of its file. */
const columnsOf: Readonly<Record<string, TableFacts["columns"]>> = {
  buyer_region_preference: [
    ...texts("subject_id", "region", "dimension", "choice", "currency"),
    { name: "amount_minor", type: "BIGINT" }
  ],
  decision_chain: texts("subject_id", "relation", "source", "target"),
  stage_by_sector: texts("subject_id", "industry", "stage"),
  callers_by_category: texts("subject_id", "category"),
  orders_by_state: [...texts("subject_id", "state", "order_id"), { name: "ordered_at", type: "TIMESTAMP" }]
}

const registered = globSync("{pipelines/assets,examples}/**/*.product.yaml", {
  cwd: `${import.meta.dirname}/../../../..`
})
  .map((path) => ({
    name: /([^/]+)\.product\.yaml$/.exec(path)![1]!,
    release: parse(readFileSync(`${import.meta.dirname}/../../../../${path}`, "utf8")).release as { kind: string }
  }))
  .filter(({ release }) => release.kind === "dp_aggregate")

layer(Warehouse.memory)("every registered release (T7, exact: no false alarms)", (it) => {
  it.effect.each(registered.map(({ name, release }) => [name, release] as const))(
    "moves no further than declared, and nothing else, on 50 tables without each subject: %s",
    ([name, release]) =>
      Effect.gen(function* () {
        const { population: _, ...spec } = Schema.decodeUnknownSync(ReleaseSpec)(release)
        const facts = { asset: `release.${name}`, columns: columnsOf[name]!, currencies: ["CNY"] }
        const plan = yield* planAggregate(spec, facts)
        // The generated tables have eight subjects: below the floor nothing would be seen, so most of them go without it.
        const open = { ...plan, shape: { ...plan.shape, minSubjects: 1 } }
        const asPlanned = yield* auditPipeline(pipelineOf(plan), facts, seededBits(`${name} planned`), 3)
        const { findings, removals, reached } = yield* auditPipeline(pipelineOf(open), facts, seededBits(name), 50)
        assert.deepStrictEqual([asPlanned.findings, findings], [[], []])
        assert.strictEqual(removals, 400)
        // Subjects do move the totals: up to the whole of the declared sensitivity where few groups bound it.
        const counted = open.shape.measures.find(({ kind }) => kind !== "sum")!
        assert.isAtLeast(reached[`total of ${counted.name}`]!, open.shape.l0 <= 4 ? 1 : 2 / open.shape.l0)
      })
  )
})

describe("the releases that are registered", () => {
  it("are all known here", () => {
    assert.deepStrictEqual(registered.map(({ name }) => name).sort(), Object.keys(columnsOf).sort())
    assert.isAtLeast(registered.length, 5)
  })
})
