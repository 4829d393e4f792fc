/**
 * Run events of OpenLineage 2-0-2, made from the memory of a run: START and one of COMPLETE, FAIL or ABORT for the run itself, for each asset
 * that was made, and for each asset whose checks were evaluated. Nothing in them comes from a row: names, types, counts and our own messages.
 *
 * @source OpenLineage specification 2-0-2; facet versions as in its Python client 1.54.0 (Apache-2.0)
 */
import { createHash } from "node:crypto"
import type { AssetFacts } from "../engine/Engine.ts"
import type { CheckResult } from "../engine/evaluateChecks.ts"
import type { RunEvent } from "../engine/RunEvent.ts"
import type { BoundAsset } from "./BoundAsset.ts"
import { openLineageDataset } from "./openLineageDataset.ts"
import type { OpenLineageDataset } from "./openLineageDataset.ts"
import { openLineageFacet } from "./openLineageFacet.ts"

/** One remembered event of a run; `at` in ISO form. */
export interface TimedEvent {
  readonly at: string
  readonly event: RunEvent
}

export interface OpenLineageEvent {
  readonly eventType: "START" | "COMPLETE" | "FAIL" | "ABORT"
  readonly eventTime: string
  readonly producer: string
  readonly schemaURL: string
  readonly run: { readonly runId: string; readonly facets: Facets }
  readonly job: { readonly namespace: string; readonly name: string; readonly facets: Facets }
  readonly inputs: ReadonlyArray<OpenLineageDataset>
  readonly outputs: ReadonlyArray<OpenLineageDataset>
}

type Facets = OpenLineageDataset["facets"]

interface Surroundings {
  readonly run: string
  /** Of the datasets, such as `duckdb:///home/warehouse.duckdb`. */
  readonly namespace: string
  readonly bound: ReadonlyMap<string, BoundAsset>
  readonly facts: ReadonlyMap<string, AssetFacts>
}

const longestSql = 20_000

export function openLineageEvents(
  events: ReadonlyArray<TimedEvent>,
  around: Surroundings
): ReadonlyArray<OpenLineageEvent> {
  const { run, bound } = around
  const told: Array<OpenLineageEvent> = []
  const open = new Map<string, string>()
  const written = (asset: string) => openLineageDataset(asset, around, true)
  const inputsOf = (asset: string) =>
    (bound.get(asset)?.asset.deps ?? []).map((dep) => openLineageDataset(dep, around, false))
  const parent = openLineageFacet.parent(runUuid(run), { namespace: openLineageFacet.jobNamespace, name: "run" })
  const tell = (
    eventType: OpenLineageEvent["eventType"],
    eventTime: string,
    asset: string | undefined,
    more: {
      run?: Facets
      inputs?: ReadonlyArray<OpenLineageDataset>
      outputs?: ReadonlyArray<OpenLineageDataset>
      checks?: boolean
    } = {}
  ): void => {
    const name = asset === undefined ? "run" : more.checks === true ? `${asset}.checks` : asset
    const statement = asset === undefined || more.checks === true ? "" : (bound.get(asset)?.statement ?? "")
    const code = asset === undefined ? undefined : around.facts.get(asset)?.made
    told.push({
      eventType,
      eventTime,
      producer: openLineageFacet.producer,
      schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
      run: {
        runId: asset === undefined ? runUuid(run) : runUuid(`${run} ${name}`),
        facets: {
          processing_engine: openLineageFacet.engine(),
          assay_run: openLineageFacet.own("RunFacet", {
            run,
            ...(code?.run === run ? { codeVersion: code.codeVersion, dataVersion: code.dataVersion } : {})
          }),
          ...(asset === undefined ? {} : { parent }),
          ...more.run
        }
      },
      job: {
        namespace: openLineageFacet.jobNamespace,
        name,
        facets: {
          jobType: openLineageFacet.jobType(asset === undefined ? "RUN" : more.checks === true ? "CHECK" : "ASSET"),
          ...(statement === "" ? {} : { sql: openLineageFacet.sql(statement.slice(0, longestSql)) })
        }
      },
      inputs: more.inputs ?? [],
      outputs: more.outputs ?? []
    })
  }
  const ending = new Map<string, number>()
  const rowsSoFar = new Map<string, number>()
  for (const [i, { event }] of events.entries()) {
    if (event.type === "materialized" || event.type === "failed") ending.set(event.asset, i)
  }
  for (const [i, { at, event }] of events.entries()) {
    switch (event.type) {
      case "planned":
        tell("START", at, undefined)
        break
      case "started":
        open.set(event.asset, at)
        tell("START", at, event.asset, {
          inputs: inputsOf(event.asset),
          outputs: [written(event.asset)]
        })
        break
      case "checked": {
        const facets = { dataQualityAssertions: openLineageFacet.assertions(event.checks.map(assertion)) }
        const inputs = [{ ...written(event.asset), inputFacets: facets }]
        tell("START", at, event.asset, { checks: true, inputs })
        tell("COMPLETE", at, event.asset, { checks: true, inputs })
        break
      }
      case "materialized":
      case "skipped": {
        const made = around.facts.get(event.asset)?.made
        const before = rowsSoFar.get(event.asset) ?? 0
        if (event.type === "materialized") rowsSoFar.set(event.asset, before + event.rows)
        // A run of batches is complete with the last of them.
        if ((ending.get(event.asset) ?? i) > i || !open.delete(event.asset)) break
        const rows = event.type === "materialized" ? before + event.rows : made?.rows
        const statistics = openLineageFacet.statistics(rows ?? 0, made?.run === run ? made.bytes : undefined)
        const output = written(event.asset)
        const outputs = [rows === undefined ? output : { ...output, outputFacets: { outputStatistics: statistics } }]
        tell("COMPLETE", at, event.asset, { inputs: inputsOf(event.asset), outputs })
        break
      }
      case "failed": {
        const errorMessage = openLineageFacet.error(`${event.code}: ${event.message}`)
        if (!open.delete(event.asset)) tell("START", at, event.asset)
        tell("FAIL", at, event.asset, { run: { errorMessage }, inputs: inputsOf(event.asset) })
        break
      }
      case "finished":
        tell(event.state === "done" ? "COMPLETE" : "FAIL", at, undefined)
        break
    }
  }
  // What was begun and never ended was killed: say so, so that no run stays open for ever.
  const last = events.at(-1)
  if (last !== undefined) {
    for (const asset of open.keys()) tell("ABORT", last.at, asset)
    if (last.event.type !== "finished") tell("ABORT", last.at, undefined)
  }
  return told
}

const assertion = ({ name, severity, passed, failing }: CheckResult) => ({
  assertion: "custom_sql",
  name,
  success: passed,
  severity: severity === "block" ? "error" : "warn",
  expected: "0",
  actual: String(failing)
})

/** A UUID that names a run for ever; of version 8, since it is a hash. */
function runUuid(text: string): string {
  const hex = createHash("sha256").update(`assay ${text}`).digest("hex")
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
