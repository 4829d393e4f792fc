import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Evidences } from "#catalog/index/Evidences.ts"
import type { EvidenceFile } from "#catalog/index/Evidences.ts"
import { Lifecycle } from "#catalog/life/Lifecycle.ts"
import { sampleApproval } from "#catalog/life/sampleApproval.ts"
import { Records } from "#core/records/Records.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { putOnShelf } from "../life/soundVersion.ts"
import { listedAt } from "../sampleVersion.ts"

const product = "orders_by_state"
const sample = fileURLToPath(new URL("../../../pipelines/assets/release/demo.assessment.yaml", import.meta.url))
const record = (text: string, changes: Partial<EvidenceFile> = {}) =>
  Evidences.use((evidences) =>
    evidences.recordFile({ product, gate: "all", by: "anna", name: "a.yaml", bytes: Buffer.from(text), ...changes })
  )
const codeOf = (text: string, changes: Partial<EvidenceFile> = {}) =>
  Effect.map(Effect.flip(record(text, changes)), ({ code }) => code)
const rows = Records.use((records) =>
  records.read((db) =>
    db.all<{ signer: string; item: string; is_demo: number }>("select * from index_evidence order by item")
  )
)
const start = Effect.andThen(TestClock.setTime(Date.parse(listedAt)), putOnShelf())

describe("Evidences", () => {
  it.effect("keeps an assessment as it is and puts on record what it says of each gate, once", () =>
    Effect.gen(function* () {
      yield* start
      const text =
        "assessment: By counsel\nstatements:\n  G5: { value: 1, note: In order, days: 100 }\n  G7: { value: 0, note: Disputed }\n"
      const [first] = yield* record(text, { gate: "G5" })
      expect(first).toMatchObject({ item: "G5", digest: expect.stringMatching(/^[0-9a-f]{64}$/) })
      expect(yield* record(text, { gate: "G5" })).toEqual([first])
      expect((yield* record(text)).map(({ item }) => item)).toEqual(["G5", "G7"])
      expect((yield* rows).map(({ item, signer, is_demo }) => [item, signer, is_demo])).toEqual([
        ["G5", "anna", 0],
        ["G7", "anna", 0]
      ])
      const file = yield* Evidences.use((evidences) => evidences.file(first!.evidence))
      expect(Buffer.from(file.bytes).toString()).toBe(text)
      const { index } = yield* Lifecycle.use((life) => life.assess(product))
      expect(index.gates.filter(({ id }) => ["G5", "G7"].includes(id)).map(({ passed }) => passed)).toEqual([
        true,
        false
      ])
      // The same file holds again when what was recorded of it has run out.
      yield* TestClock.adjust("100 days")
      expect((yield* record(text, { gate: "G5" }))[0]!.evidence).not.toBe(first!.evidence)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("takes any file where the words come with it, and refuses what says nothing", () =>
    Effect.gen(function* () {
      yield* start
      const pdf = { name: "opinion.pdf", gate: "G5", value: 1, note: "Signed opinion", days: 90 }
      expect((yield* record("%PDF", pdf)).map(({ item }) => item)).toEqual(["G5"])
      expect(yield* codeOf("%PDF", { name: "opinion.pdf", gate: "G5" })).toBe("evidence.value")
      expect(yield* codeOf("%PDF", { ...pdf, gate: "accuracy" })).toBe("evidence.item")
      expect(yield* codeOf("assessment: x\nstatements: {}\n")).toBe("evidence.statement")
      expect(yield* codeOf("assessment: x\nstatements: { G5: { value: 2, note: n } }\n")).toMatch(/^yaml\./)
      expect(yield* codeOf("assessment: x\nproduct: other\nstatements: { G5: { value: 1, note: n } }\n")).toBe(
        "evidence.product"
      )
      expect(yield* codeOf("assessment: x\nstatements: { G5: { value: 1, note: n, by: carla } }\n")).toBe(
        "evidence.statement"
      )
      expect(yield* codeOf("x", { product: "nothing", name: "a.pdf", value: 1, note: "n" })).toBe("product.unknown")
      expect(yield* codeOf("x".repeat((4 << 20) + 1))).toBe("evidence.size")
      expect((yield* rows).length).toBe(1)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect(
    "lists the demo's products on sample evidence that says so, by two stewards, however often it is made",
    () =>
      Effect.gen(function* () {
        yield* start
        const file = { name: "demo.assessment.yaml", bytes: readFileSync(sample) }
        yield* sampleApproval(product, file)
        yield* sampleApproval(product, file)
        const life = yield* Lifecycle.use((lives) => lives.of(product))
        expect(life).toMatchObject({ state: "listed" })
        expect(life.transitions.map(({ by }) => by)).toEqual(["demo-steward-1", "demo-steward-2", "demo-steward-2"])
        const { index } = yield* Lifecycle.use((lives) => lives.assess(product))
        expect(index.index).toBeGreaterThanOrEqual(85)
        const [evidence] = index.gates.find(({ id }) => id === "G5")!.evidence
        expect(evidence).toMatchObject({
          isDemo: true,
          signer: "demo-steward-2",
          note: expect.stringContaining("Sample evidence.")
        })
        expect((yield* rows).every(({ is_demo }) => is_demo === 1)).toBe(true)
        expect((yield* rows).length).toBe(7)
      }).pipe(Effect.provide(catalogLayer))
  )
})
