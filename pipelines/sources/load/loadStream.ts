import type { Home } from "#core/home/Home.ts"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Session } from "#core/warehouse/Session.ts"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Clock, Effect } from "effect"
import type { FileRef } from "../files/FileRef.ts"
import { rawTable } from "../landing/rawTable.ts"
import { eventKey } from "../landing/eventKey.ts"
import { subjectOf } from "../conform/conformColumns.ts"
import { declaredBy, termsOf } from "../landing/declaredBy.ts"
import { landStream } from "../landing/landStream.ts"
import type { StreamSpec } from "../SourceSpec.ts"
import { checkHeader } from "./checkHeader.ts"
import { engineProblem } from "./engineProblem.ts"
import type { FilePlan } from "./FilePlan.ts"
import { handOver } from "./handOver.ts"
import type { HandedFile } from "./handOver.ts"
import type { StreamReport } from "./LoadReport.ts"
import type { LoadProgress } from "./loadSource.ts"
import { quarantineFiles } from "./quarantineFiles.ts"
import { settingsOf } from "./settingsOf.ts"

/** Reads the changed files of one stream and lands them in one transaction. */
export const loadStream = Effect.fn("loadStream")(function* (
  warehouse: Warehouse["Service"],
  home: Home["Service"],
  source: string,
  stream: StreamSpec,
  files: ReadonlyArray<FileRef>,
  plans: ReadonlyArray<FilePlan>,
  onProgress: (progress: LoadProgress) => void
) {
  const name = stream.stream
  const table = `raw.${source}__${name}`
  const tell = (step: LoadProgress["step"], bytes: number): void =>
    onProgress({ stream: name, step, files: plans.length, bytes })
  const idle = { stream: name, table, files: files.length, filesUnchanged: files.length - plans.length }
  const columns = yield* warehouse.query<{ name: string }>(
    "select name from _assay.raw_column where source = $source and stream = $stream order by generation, name",
    { source, stream: name }
  )
  const stored = columns.map((column) => column.name)
  if (plans.length === 0) {
    const problem = checkHeader(stream, table, stored)
    if (problem !== undefined) return yield* problem
    const after = yield* lookBack(warehouse, source, stream)
    tell("done", 0)
    return { ...idle, ...nothing, ...after, batch: null } satisfies StreamReport as StreamReport
  }
  const batch = newId("bat")
  const first = yield* warehouse.query<{ n: number }>(
    "select coalesce(max(ordinal), 0) + 1 as n from _assay.loaded_file"
  )
  const landed = yield* Effect.scoped(
    Effect.gen(function* () {
      tell("read", 0)
      const handed = yield* handOver(home, stream, plans, first[0]!.n, stored)
      const bytes = handed.files.reduce((sum, file) => sum + file.facts.bytes, 0)
      tell("land", bytes)
      const named = handed.columns.some(({ name: column }) => column.toLowerCase() === stream.subject?.toLowerCase())
      const land = warehouse.transaction((session) =>
        Effect.gen(function* () {
          const terms = yield* declaredBy(session, stream)
          const result = yield* landStream(session, {
            source,
            stream: name,
            columns: handed.columns,
            from: { kind: "parquet", paths: handed.files.map((file) => file.parquet) },
            subject: named ? subjectOf(stream) : "null::varchar",
            terms,
            batch,
            key: eventKey(home, source, name)
          })
          yield* quarantineFiles(session, { source, stream: name, batch, files: handed.files })
          yield* recordFiles(session, source, stream, batch, handed.files)
          return result
        })
      )
      const outcome = yield* Effect.catchTag(land, "WarehouseError", (error) =>
        Effect.fail(error.kind === "full" ? engineProblem(table, error) : error)
      )
      return { ...outcome, bytes, quarantined: handed.files.reduce((sum, file) => sum + file.badRows, 0) }
    })
  )
  const after = yield* lookBack(warehouse, source, stream)
  tell("done", landed.bytes)
  return { ...idle, ...landed, ...after, batch } satisfies StreamReport as StreamReport
})

const nothing = { bytes: 0, rows: 0, rowsNew: 0, rowsKnown: 0, quarantined: 0, newColumns: [] }

const recordFiles = Effect.fnUntraced(function* (
  session: Session,
  source: string,
  stream: StreamSpec,
  batch: string,
  files: ReadonlyArray<HandedFile>
) {
  const now = yield* Clock.currentTimeMillis
  for (const { file, ordinal, sha256, goodRows, badRows } of files) {
    const key = { source, stream: stream.stream, file: file.name }
    yield* session.run(
      "delete from _assay.loaded_file where source = $source and stream = $stream and file = $file",
      key
    )
    yield* session.run(
      "insert into _assay.loaded_file values ($ordinal, $source, $stream, $file, $bytes, $modified, $sha256, $settings, " +
        "$batch, $good, $bad, epoch_ms($now::bigint))",
      {
        ...key,
        ordinal,
        bytes: file.bytes,
        modified: file.modifiedNanos,
        sha256,
        settings: settingsOf(stream),
        batch,
        good: goodRows,
        bad: badRows,
        now
      }
    )
  }
})

/** What is worth knowing of the whole table, whether or not this load added to it. */
const lookBack = Effect.fnUntraced(function* (session: Session, source: string, stream: StreamSpec) {
  const table = rawTable(source, stream.stream)
  const unlicensed = stream.licence === undefined && stream.subject !== undefined
  const [declared] = yield* session.query<{ ordinal: number }>(
    "select coalesce(max(ordinal), 0) as ordinal from _assay.licence where terms = $terms and not $unlicensed",
    { terms: canonicalJson(termsOf(stream)), unlicensed }
  )
  const [other] = yield* session.query<{ n: number }>(
    `select count(*) as n from ${table} left join _base.licence on _lic = lic where coalesce(declared, 0) <> $ordinal`,
    { ordinal: declared!.ordinal }
  )
  const key = (stream.key ?? []).map((field) => quoteIdentifier(field)).join(", ")
  if (key === "") return { doubledKeys: 0, otherTerms: other!.n }
  const [doubled] = yield* session.query<{ n: number }>(
    `select count(*) as n from (select ${key} from ${table} group by all having count(*) > 1)`
  )
  return { doubledKeys: doubled!.n, otherTerms: other!.n }
})
