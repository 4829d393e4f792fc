import { mkdtempSync, readFileSync, statSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer } from "effect"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { assetGraph } from "#pipelines/engine/AssetGraph.ts"
import { Definitions } from "#pipelines/engine/Definitions.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { Makers } from "#pipelines/engine/Makers.ts"
import { engineMigrations } from "#pipelines/engine/migrations.ts"
import { Runs } from "#pipelines/engine/Runs.ts"
import { bindAssets } from "#pipelines/lineage/bindAssets.ts"
import { emitOpenLineage } from "#pipelines/lineage/emitOpenLineage.ts"
import { lineageEvents } from "#pipelines/lineage/lineageEvents.ts"
import { lineageMigrations } from "#pipelines/lineage/migrations.ts"
import { openLineageEvents } from "#pipelines/lineage/openLineageEvents.ts"
import type { OpenLineageEvent } from "#pipelines/lineage/openLineageEvents.ts"
import type { TimedEvent } from "#pipelines/lineage/openLineageEvents.ts"
import { openLineageJob } from "#pipelines/lineage/openLineageJob.ts"
import { openLineageProblems } from "./openLineageProblems.ts"
import { openScans } from "../engine/openScans.ts"

const plain = { group: "test", owners: [], description: { en: "", zh: "" }, grain: [], checks: [] }
const raw: Asset = { ...plain, key: "raw.shop__orders", kind: "source", deps: [] }
const big: Asset = {
  ...plain,
  key: "core.big",
  kind: "full",
  deps: ["raw.shop__orders"],
  sql: "select n, n * 2 as twice, _event_id from raw.shop__orders where n > 2",
  checks: [{ name: "small", severity: "warn", breaks: "n >= 4" }]
}
const bad: Asset = {
  ...plain,
  key: "core.bad",
  kind: "full",
  deps: ["raw.shop__orders"],
  sql: "select error('the value 17') as n from raw.shop__orders"
}

/** What the official schemas hold against an event, and what our own form adds: ids that are hashes. */
function wellFormed(event: OpenLineageEvent): void {
  assert.deepStrictEqual(openLineageProblems(event), [])
  assert.match(event.run.runId, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  // Some consumers read these without looking whether they are there.
  assert.containsAllKeys(event, ["inputs", "outputs"])
  assert.isTrue("facets" in event.run && "facets" in event.job)
}

const withEngine = <A, E>(
  assets: ReadonlyArray<Asset>,
  body: (
    home: Home["Service"],
    run: Effect.Effect<string, unknown>
  ) => Effect.Effect<A, E, Engine | Home | Records | Warehouse>
) => {
  const ports = Layer.mergeAll(
    Layer.succeed(Definitions, Definitions.of({ load: Effect.succeed(assets) })),
    Layer.effect(
      Makers,
      Effect.map(Warehouse, (warehouse) =>
        Makers.of({
          land: () =>
            Effect.as(
              warehouse.run(
                "create or replace table raw.shop__orders as select range as n, uuid() as _event_id from range(6)"
              ),
              { changed: true, dataVersion: "1", rows: 6, notices: [] }
            ),
          release: () => new Unavailable({ code: "test.none", message: "There is none.", fix: "Wait." })
        })
      )
    )
  )
  const layer = Engine.layer.pipe(
    Layer.provideMerge(openScans),
    Layer.provideMerge(ports),
    Layer.provideMerge(Layer.mergeAll(Warehouse.memory, Runs.layer)),
    Layer.provideMerge(
      Layer.mergeAll(
        Records.memory([...engineMigrations, ...lineageMigrations]),
        Home.layer(mkdtempSync(join(tmpdir(), "assay-ol-")))
      )
    ),
    Layer.provideMerge(NodeServices.layer)
  )
  return Effect.gen(function* () {
    const engine = yield* Engine
    const run = Effect.map(
      engine.run({ selection: "", asOf: "2026-11-22", onEvent: () => undefined }),
      ({ run }) => run
    )
    return yield* body(yield* Home, run)
  }).pipe(Effect.provide(layer, { local: true }))
}

const eventsIn = (home: Home["Service"]): ReadonlyArray<OpenLineageEvent> =>
  readFileSync(join(home.path, "openlineage.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as OpenLineageEvent)

describe("emitOpenLineage", () => {
  it.effect("writes one START and one end for the run, each asset and its checks, private to the owner", () =>
    withEngine([raw, big, bad], (home, run) =>
      Effect.gen(function* () {
        yield* emitOpenLineage(yield* run)
        const events = eventsIn(home)
        for (const event of events) wellFormed(event)
        const ends = [...Map.groupBy(events, ({ run }) => run.runId).values()].map((one) => [
          one[0]!.job.name,
          ...one.map(({ eventType }) => eventType)
        ])
        assert.deepStrictEqual(ends.sort(), [
          ["core.bad", "START", "FAIL"],
          ["core.big", "START", "COMPLETE"],
          ["core.big.checks", "START", "COMPLETE"],
          ["raw.shop__orders", "START", "COMPLETE"],
          ["run", "START", "FAIL"]
        ])
        const made = events.find(({ job, eventType }) => job.name === "core.big" && eventType === "COMPLETE")!
        const [output] = made.outputs
        assert.deepInclude(output!.outputFacets!["outputStatistics"], { rowCount: 3 })
        assert.deepInclude(output!.facets["schema"], {
          fields: [
            { name: "n", type: "BIGINT" },
            { name: "twice", type: "BIGINT" }
          ]
        })
        const source = { namespace: output!.namespace, name: "raw.shop__orders", field: "n" }
        const way = (type: string, subtype: string) => [{ type, subtype, description: "", masking: false }]
        assert.deepInclude(output!.facets["columnLineage"], {
          fields: {
            n: { inputFields: [{ ...source, transformations: way("DIRECT", "IDENTITY") }] },
            twice: { inputFields: [{ ...source, transformations: way("DIRECT", "TRANSFORMATION") }] }
          },
          dataset: [{ ...source, transformations: way("INDIRECT", "FILTER") }]
        })
        const checks = events.find(({ job }) => job.name === "core.big.checks")!
        assert.deepInclude(checks.inputs[0]!.inputFacets!["dataQualityAssertions"], {
          assertions: [
            { assertion: "custom_sql", name: "small", success: false, severity: "warn", expected: "0", actual: "2" }
          ]
        })
        const failed = events.find(({ eventType, job }) => eventType === "FAIL" && job.name === "core.bad")!
        assert.property(failed.run.facets, "errorMessage")
        assert.notInclude(JSON.stringify(failed.run.facets["errorMessage"]), "17")
        const kept = yield* lineageEvents.read({ after: 0, limit: 1000 })
        assert.deepStrictEqual(kept.events, [...events] as ReadonlyArray<object>)
        assert.strictEqual(statSync(join(home.path, "openlineage.jsonl")).mode & 0o777, 0o600)
      })
    )
  )

  it.effect("posts the same events to the address that is set, and minds neither refusal nor absence", () =>
    withEngine([raw], (home, run) =>
      Effect.gen(function* () {
        const received: Array<string> = []
        const server = createServer((request, answer) => {
          let body = ""
          request.on("data", (chunk) => (body += String(chunk)))
          request.on("end", () => {
            received.push(body)
            answer.writeHead(500).end("no")
          })
        })
        yield* Effect.promise(() => new Promise<void>((done) => void server.listen(0, "127.0.0.1", done)))
        const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/lineage`
        const to = (address: string) =>
          Effect.provideService(
            ConfigProvider.ConfigProvider,
            ConfigProvider.fromUnknown({ ASSAY_OPENLINEAGE_URL: address })
          )
        const id = yield* run
        yield* emitOpenLineage(id).pipe(to(url))
        assert.deepStrictEqual(
          received.map((body) => JSON.parse(body) as OpenLineageEvent),
          [...eventsIn(home)]
        )
        yield* Effect.promise(() => new Promise((done) => server.close(done)))
        yield* emitOpenLineage(id).pipe(to(url))
        yield* emitOpenLineage(id).pipe(to("no address"))
        assert.strictEqual(eventsIn(home).length, 3 * received.length)
      })
    )
  )
})

describe("openLineageEvents", () => {
  const release: Asset = {
    ...plain,
    key: "release.few",
    kind: "release",
    deps: ["core.big"],
    config: {
      spec: {
        unit: "n",
        by: ["n"],
        measures: [
          { name: "rows", count: "rows" },
          { name: "all", sum: "twice" }
        ],
        epsilon: 1,
        delta: 1e-6
      }
    }
  }
  const surroundings = Effect.map(
    bindAssets(
      assetGraph([raw, big, release]).order,
      new Map([
        [
          raw.key,
          [
            { name: "n", type: "BIGINT" },
            { name: "_event_id", type: "UUID" }
          ]
        ]
      ])
    ),
    (bound) => ({ run: "run_x", namespace: "duckdb:///w", bound, facts: new Map() })
  )
  const at = "2026-11-22T10:00:00.000Z"

  it.effect("marks what noise has covered as masking, and says how much privacy it cost", () =>
    Effect.gen(function* () {
      const told = openLineageEvents([{ at, event: { type: "started", asset: "release.few" } }], yield* surroundings)
      const { facets } = told[0]!.outputs[0]!
      assert.deepInclude(facets["assay_privacy"], { epsilon: 1, delta: 1e-6, unit: "n" })
      const { fields } = facets["columnLineage"] as unknown as {
        fields: Record<string, { inputFields: ReadonlyArray<{ transformations: ReadonlyArray<{ masking: boolean }> }> }>
      }
      assert.deepStrictEqual(Object.keys(fields), ["n", "rows", "all"])
      assert.isTrue(fields["all"]!.inputFields[0]!.transformations[0]!.masking)
      assert.deepInclude(facets["assay_record"], { class: "barrier" })
      for (const event of told) wellFormed(event)
      const job = openLineageJob((yield* surroundings).bound.get("release.few")!, yield* surroundings, at)
      assert.deepStrictEqual(openLineageProblems(job), [])
    })
  )

  it.effect("aborts what a killed process had begun", () =>
    Effect.gen(function* () {
      const events: ReadonlyArray<TimedEvent> = [
        { at, event: { type: "planned", assets: ["core.big"] } },
        { at, event: { type: "started", asset: "core.big" } }
      ]
      const told = openLineageEvents(events, yield* surroundings)
      for (const event of told) wellFormed(event)
      assert.deepStrictEqual(
        told.map(({ eventType, job }) => `${eventType} ${job.name}`),
        ["START run", "START core.big", "ABORT core.big", "ABORT run"]
      )
    })
  )

  it.effect("completes a run of batches with the last of them, and with the rows of all; none when one fails", () =>
    Effect.gen(function* () {
      const batch = (from: string, rows: number): TimedEvent => ({
        at,
        event: { type: "materialized", asset: "core.big", rows, millis: 5, partitions: [{ from, to: `${from}9` }] }
      })
      const begun: ReadonlyArray<TimedEvent> = [
        { at, event: { type: "planned", assets: ["core.big"] } },
        { at, event: { type: "started", asset: "core.big" } },
        batch("a", 3)
      ]
      const ends = (told: ReturnType<typeof openLineageEvents>) =>
        told.flatMap(({ eventType, job, outputs }) =>
          job.name === "core.big" ? [[eventType, outputs[0]?.outputFacets?.["outputStatistics"]]] : []
        )
      const all = openLineageEvents([...begun, batch("b", 4), batch("c", 5)], yield* surroundings)
      for (const event of all) wellFormed(event)
      assert.deepStrictEqual(
        ends(all).map(([type]) => type),
        ["START", "COMPLETE"]
      )
      assert.deepInclude(ends(all)[1]![1], { rowCount: 12 })
      const broken: TimedEvent = {
        at,
        event: { type: "failed", asset: "core.big", code: "a.b", message: "It failed.", fix: "Mend it." }
      }
      const failed = openLineageEvents([...begun, broken], yield* surroundings)
      assert.deepStrictEqual(
        ends(failed).map(([type]) => type),
        ["START", "FAIL"]
      )
    })
  )

  it.effect("is held to the schemas: each of these changes is found", () =>
    Effect.gen(function* () {
      const events: ReadonlyArray<TimedEvent> = [
        { at, event: { type: "planned", assets: ["core.big"] } },
        { at, event: { type: "started", asset: "core.big" } },
        { at, event: { type: "checked", asset: "core.big", checks: [] } },
        { at, event: { type: "materialized", asset: "core.big", rows: 3, millis: 5 } },
        { at, event: { type: "failed", asset: "core.bad", code: "a.b", message: "It failed.", fix: "Mend it." } },
        { at, event: { type: "finished", state: "failed" } }
      ]
      const told = openLineageEvents(events, yield* surroundings)
      for (const event of told) wellFormed(event)
      const facets = told.flatMap(({ run, job, inputs, outputs }) =>
        [run, job, ...inputs, ...outputs].flatMap((part) =>
          Object.keys({
            ...part.facets,
            ...("inputFacets" in part ? (part.inputFacets as object) : {}),
            ...("outputFacets" in part ? (part.outputFacets as object) : {})
          })
        )
      )
      // Every standard facet that we ever emit is among what was just validated.
      assert.deepStrictEqual([...new Set(facets)].filter((name) => !name.startsWith("assay_")).sort(), [
        "columnLineage",
        "dataQualityAssertions",
        "errorMessage",
        "jobType",
        "outputStatistics",
        "parent",
        "processing_engine",
        "schema",
        "sql"
      ])
      const completed = told.find(({ eventType, job }) => eventType === "COMPLETE" && job.name === "core.big")!
      const changes: ReadonlyArray<readonly [path: string, value?: unknown]> = [
        ["eventTime", "yesterday"],
        ["eventType", "DONE"],
        ["producer"],
        ["run.runId", "run_x"],
        ["run.facets.parent.job"],
        ["run.facets.processing_engine._producer"],
        ["job.facets.jobType.integration"],
        ["job.facets.sql.query", 7],
        ["outputs.0.outputFacets.outputStatistics.rowCount", "3"],
        ["outputs.0.facets.schema.fields", [{ type: "BIGINT" }]],
        ["outputs.0.facets.columnLineage.fields.n.inputFields.0.field"],
        ["outputs.0.facets.columnLineage.dataset.0.name"]
      ]
      for (const [path, value] of changes) {
        const event: unknown = structuredClone(completed)
        const names = path.split(".")
        const holder = names.slice(0, -1).reduce((part, name) => (part as Record<string, unknown>)[name], event)
        const last = names.at(-1)!
        assert.property(holder, last, path)
        Object.assign(holder as object, { [last]: value })
        assert.notDeepEqual(openLineageProblems(JSON.parse(JSON.stringify(event)) as object), [], path)
      }
    })
  )
})
