import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import type { AssetFacts } from "#pipelines/engine/Engine.ts"
import { Connections } from "#pipelines/sources/Connections.ts"
import type { Connection } from "#pipelines/sources/Connections.ts"
import type { FieldMapping, StreamSpec } from "#pipelines/sources/SourceSpec.ts"
import type { Sources } from "../../../api/steward/Sources.ts"
import type { Seen } from "../../view/Seen.ts"
import { seenHere } from "../../view/seenHere.ts"
import { hasTable } from "./hasTable.ts"

interface LoadedRow {
  readonly source: string
  readonly stream: string
  readonly files: number
  readonly loadedAt: string
}

interface BadRow {
  readonly source: string
  readonly stream: string
  readonly reason: string
  readonly rows: number
  readonly files: number
}

interface Known {
  readonly facts: ReadonlyMap<string, AssetFacts>
  readonly loaded: ReadonlyArray<LoadedRow>
  readonly bad: ReadonlyArray<BadRow>
  readonly fields: ReadonlyMap<string, number>
}

/** The connected sources with what was loaded of them and what is wrong with it. */
export const sourceViews = Effect.fn("sourceViews")(function* () {
  const connected = yield* (yield* Connections).all
  const facts = yield* (yield* Engine).facts
  const warehouse = yield* Warehouse
  const landed = yield* hasTable("_assay", "loaded_file")
  const loaded = landed
    ? yield* warehouse.query<LoadedRow>(
        `select source, stream, count(*) as files, max(loaded_at) as "loadedAt" from _assay.loaded_file group by all`
      )
    : []
  const bad = (yield* hasTable("raw", "quarantine"))
    ? yield* warehouse.query<BadRow>(
        "select source, stream, reason, count(*) as rows, count(distinct file) as files from raw.quarantine group by all order by rows desc"
      )
    : []
  const fields = (yield* hasTable("_assay", "raw_column"))
    ? yield* warehouse.query<{ key: string; n: number }>(
        "select source || '__' || stream as key, count(*) as n from _assay.raw_column group by all"
      )
    : []
  const known: Known = {
    facts: new Map(facts.map((one) => [one.asset.key, one])),
    loaded,
    bad,
    fields: new Map(fields.map(({ key, n }) => [key, n]))
  }
  const seen = yield* seenHere()
  return { sources: connected.map((connection) => sourceOf(connection, known, seen)) } satisfies Sources as Sources
})

const sourceOf = ({ spec, addedAt }: Connection, known: Known, seen: Seen): Sources["sources"][number] => ({
  source: spec.source,
  kind: spec.kind,
  addedAt,
  streams: spec.streams.map((stream) => streamOf(spec.source, stream, known, seen))
})

function streamOf(
  source: string,
  spec: StreamSpec,
  { facts, loaded, bad, fields }: Known,
  seen: Seen
): Sources["sources"][number]["streams"][number] {
  const { stream, licence } = spec
  const own = <A extends { readonly source: string; readonly stream: string }>(row: A): boolean =>
    row.source === source && row.stream === stream
  const raw = facts.get(`raw.${source}__${stream}`)
  const files = loaded.find(own)
  // The names of rules on a stream's values begin with it; rules of a canonical table speak of all its streams.
  const rules = `typed_${source}_${stream}_`
  const dirty = [...facts.values()].flatMap(({ asset, checks }) =>
    checks
      .filter(({ name, passed }) => !passed && name.startsWith(rules) && !seen.mentions(name))
      .map(({ name, failing }) => ({ asset: asset.key, check: name.slice(rules.length), rows: failing }))
  )
  const asset = `raw.${source}__${stream}`
  const shown = (name: string | undefined): name is string => name !== undefined && seen.names(asset, name)
  const sourceField = (from: FieldMapping): string => (typeof from === "string" ? from : from.from)
  return {
    stream,
    asset,
    as: spec.as ?? null,
    key: (spec.key ?? []).filter(shown),
    subject: shown(spec.subject) ? spec.subject : null,
    time: shown(spec.time?.field) ? spec.time!.field : null,
    mapped: Object.values(spec.fields ?? {}).filter((from) => shown(sourceField(from))).length,
    classified: Object.keys(spec.categories ?? {}).filter(shown).length,
    fields: Math.max(0, (fields.get(`${source}__${stream}`) ?? 0) - seen.hidden(asset)),
    licence:
      licence === undefined
        ? null
        : { basis: licence.basis, evidence: licence.evidence, expires: licence.expires ?? null },
    rows: raw?.made?.rows ?? null,
    files: files?.files ?? 0,
    loadedAt: files?.loadedAt ?? raw?.made?.madeAt ?? null,
    quarantine: bad.filter(own).map(({ reason, rows, files: n }) => ({ reason, rows, files: n })),
    dirty: dirty.sort((a, b) => b.rows - a.rows)
  }
}
