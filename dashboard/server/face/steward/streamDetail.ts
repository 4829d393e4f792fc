import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { Connections } from "#pipelines/sources/Connections.ts"
import type { Reason } from "#pipelines/sources/files/Reason.ts"
import type { StreamSpec } from "#pipelines/sources/SourceSpec.ts"
import type { StreamDetail } from "../../../api/steward/StreamDetail.ts"
import { hasTable } from "./hasTable.ts"

const mostLines = 200

/** One stream of a source, with the lines of its files that could not be taken. What stands on them stays in the warehouse. */
export const streamDetail = Effect.fn("streamDetail")(function* (source: string, stream: string) {
  const warehouse = yield* Warehouse
  const connected = (yield* (yield* Connections).all).find(({ spec }) => spec.source === source)
  const spec = connected?.spec.streams.find((one) => one.stream === stream)
  if (spec === undefined) return yield* unknownStream()
  const of = { source, stream }
  const asset = `raw.${source}__${stream}`
  const made = (yield* (yield* Engine).facts).find((one) => one.asset.key === asset)?.made
  const named = (yield* hasTable("_assay", "raw_column"))
    ? yield* warehouse.query<{ name: string }>(
        "select name from _assay.raw_column where source = $source and stream = $stream order by generation, name",
        of
      )
    : []
  const files = (yield* hasTable("_assay", "loaded_file"))
    ? yield* warehouse.query<StreamDetail["files"][number]>(
        `select file, good_rows as rows, bad_rows as bad, loaded_at as "loadedAt", sha256 as digest
         from _assay.loaded_file where source = $source and stream = $stream order by bad_rows desc, file limit 200`,
        of
      )
    : []
  const hasBad = yield* hasTable("raw", "quarantine")
  const rules = hasBad
    ? yield* warehouse.query<{ reason: Reason; rows: number; files: number }>(
        `select reason, count(*) as rows, count(distinct file) as files from raw.quarantine
         where source = $source and stream = $stream group by all order by rows desc, reason`,
        of
      )
    : []
  const lines = hasBad
    ? yield* warehouse.query<StreamDetail["lines"][number]>(
        `select file, line, reason, length as bytes, quarantined_at as since from raw.quarantine
         where source = $source and stream = $stream order by file, line limit ${mostLines}`,
        of
      )
    : []
  return {
    ...of,
    kind: connected!.spec.kind,
    asset,
    rows: made?.rows ?? null,
    madeAt: made?.madeAt ?? null,
    as: spec.as ?? null,
    key: spec.key ?? [],
    subject: spec.subject ?? null,
    time: spec.time?.field ?? null,
    licence: licenceOf(spec),
    fields: fieldsOf(
      spec,
      named.map(({ name }) => name)
    ),
    tolerate: spec.options?.tolerate ?? 0,
    files,
    rules,
    lines
  } satisfies StreamDetail as StreamDetail
})

const licenceOf = ({ licence }: StreamSpec): StreamDetail["licence"] =>
  licence === undefined
    ? null
    : {
        basis: licence.basis,
        evidence: licence.evidence,
        expires: licence.expires ?? null,
        purposes: licence.purposes,
        recipients: licence.recipients,
        actions: licence.actions
      }

/** The fields that files have, and those that are declared and no file had yet. */
function fieldsOf(spec: StreamSpec, found: ReadonlyArray<string>): StreamDetail["fields"] {
  const mapped = Object.entries(spec.fields ?? {}).map(
    ([to, from]) => [to, typeof from === "string" ? from : from.from] as const
  )
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
  const declared = [
    ...mapped.map(([, from]) => from),
    ...Object.keys(spec.categories ?? {}),
    ...Object.keys(spec.tags ?? {})
  ]
  const names = [...found]
  for (const name of declared) if (!names.some((one) => same(one, name))) names.push(name)
  const under = <A>(record: Readonly<Record<string, A>> | undefined, name: string): A | undefined =>
    Object.entries(record ?? {}).find(([field]) => same(field, name))?.[1]
  return names.map((name) => ({
    name,
    to: mapped.flatMap(([to, from]) => (same(from, name) ? [to] : [])),
    category: under(spec.categories, name) ?? null,
    tags: under(spec.tags, name) ?? []
  }))
}

const unknownStream = (): BadInput =>
  new BadInput({
    code: "stream.unknown",
    message: "There is no such stream of a connected source.",
    fix: "Choose one in the list of sources.",
    where: { field: "stream" }
  })
