import { mkdirSync, rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { BadInput } from "#core/BadInput.ts"
import type { Home } from "#core/home/Home.ts"
import { newId } from "#core/ids/newId.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { Context, Effect, Layer } from "effect"
import type { NamedColumn } from "../files/columnNames.ts"
import { fileProblem } from "../files/fileProblem.ts"
import type { FileRef } from "../files/FileRef.ts"
import { reasonText } from "../files/Reason.ts"
import type { ScanFacts } from "../files/ScanFacts.ts"
import type { StreamSpec } from "../SourceSpec.ts"
import { checkHeader } from "./checkHeader.ts"
import { engineProblem } from "./engineProblem.ts"
import type { FilePlan } from "./FilePlan.ts"
import { maxColumns } from "./maxColumns.ts"
import { prepareFile } from "./prepareFile.ts"
import { toParquet } from "./toParquet.ts"

/** One file that the warehouse can take over. */
export interface HandedFile {
  readonly file: FileRef
  readonly ordinal: number
  readonly sha256: string
  readonly facts: ScanFacts
  readonly parquet: string
  readonly columns: ReadonlyArray<NamedColumn>
  readonly goodRows: number
  readonly badRows: number
  readonly badPaths: ReadonlyArray<string>
}

export interface HandedStream {
  readonly files: ReadonlyArray<HandedFile>
  /** The union of the files' columns, in order of first appearance. */
  readonly columns: ReadonlyArray<NamedColumn>
}

/**
 * Reads foreign files in an engine of their own, which can reach these files and one folder below tmp and nothing else, and
 * leaves them there as Parquet until the scope closes.
 */
export const handOver = Effect.fnUntraced(function* (
  home: Pick<Home["Service"], "tmp">,
  stream: StreamSpec,
  plans: ReadonlyArray<FilePlan>,
  firstOrdinal: number,
  stored: ReadonlyArray<string> = []
) {
  const folder = yield* Effect.acquireRelease(
    Effect.try({
      try: () => {
        const path = join(home.tmp, newId("load"))
        mkdirSync(path, { mode: 0o700 })
        return path
      },
      catch: (cause) => fileProblem("the home folder", cause)
    }),
    (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
  )
  const files = plans.map((plan) => plan.file.path)
  const engine = yield* Layer.build(Warehouse.layer({ path: ":memory:", spill: "", directories: [folder], files }))
  const session = Context.get(engine, Warehouse)
  const handed = yield* Effect.forEach(plans, (plan, i) =>
    handOverFile(session, plan, firstOrdinal + i, join(folder, String(i)))
  )
  const columns = new Map<string, NamedColumn>()
  for (const column of handed.flatMap((file) => file.columns)) {
    const key = column.name.toLowerCase()
    if (!columns.has(key)) columns.set(key, column)
  }
  const all = [...columns.values()]
  if (all.length === 0) {
    return yield* noRecords(stream.stream, handed)
  }
  const problem = checkHeader(
    stream,
    plans.map((plan) => plan.file.name).join(", "),
    // What an earlier file had, a later one of JSON may do without.
    [...all.map((column) => column.name), ...stored]
  )
  if (problem !== undefined) return yield* problem
  return { files: handed, columns: all } satisfies HandedStream as HandedStream
})

function noRecords(stream: string, handed: ReadonlyArray<HandedFile>): BadInput {
  const bad = handed.find((file) => file.badRows > 0)
  const first = bad?.facts.firstBad[0]
  const why = first === undefined ? "is not a JSON object" : reasonText[first.reason]
  return new BadInput({
    code: "source.empty",
    message:
      bad === undefined
        ? `The files of ${stream} hold no record with a field.`
        : `${bad.file.name} holds no record that can be taken: line ${first?.line ?? 1} ${why}.`,
    fix: "Export records as lines or as an array of objects, or take the stream out of the source file.",
    ...(bad === undefined ? {} : { where: { file: bad.file.name } })
  })
}

const handOverFile = Effect.fnUntraced(function* (session: Session, plan: FilePlan, ordinal: number, stem: string) {
  const { file } = plan
  const prepare = (to: string, force: boolean) =>
    Effect.tryPromise({
      try: (signal) => prepareFile(plan, to, signal, force),
      catch: (cause) => fileProblem(file.name, cause)
    })
  const read = (from: Effect.Success<ReturnType<typeof prepare>>, to: string) =>
    Effect.mapError(toParquet(session, from, ordinal, to), (error) => engineProblem(file.name, error))
  let prepared = yield* prepare(stem, false)
  // The engine must see the records that we counted; where it does not, it gets them in a form that leaves no doubt.
  const direct = read(prepared, stem).pipe(
    Effect.filterOrFail(
      (done) => plan.format === "parquet" || done.rows + done.badJson === prepared.facts.rows,
      () => uncertain(file.name)
    )
  )
  const done = yield* prepared.mended || plan.format === "parquet"
    ? direct
    : Effect.catchTag(direct, "BadInput", () =>
        Effect.gen(function* () {
          prepared = yield* prepare(`${stem}-copy`, true)
          return yield* Effect.filterOrFail(
            read(prepared, `${stem}-copy`),
            (again) => again.rows + again.badJson === prepared.facts.rows,
            () => uncertain(file.name)
          )
        })
      )
  if (done.columns.length > maxColumns) {
    return yield* new BadInput({
      code: "source.columns",
      message: `${file.name} has more than ${maxColumns} columns.`,
      fix: "Split the table, or write what varies as one nested value.",
      where: { file: file.name }
    })
  }
  yield* Effect.try({ try: () => requireUnchanged(file), catch: (cause) => fileProblem(file.name, cause) })
  const { facts, sha256 } = prepared
  return {
    file,
    ordinal,
    sha256,
    facts,
    parquet: done.path,
    columns: done.columns,
    goodRows: done.rows,
    badRows: facts.badRows + done.badJson,
    badPaths: done.badPaths
  } satisfies HandedFile as HandedFile
})

const uncertain = (file: string): BadInput =>
  new BadInput({
    code: "source.uncertain",
    message: `${file} cannot be split into records beyond doubt; nothing of it was landed.`,
    fix: "Say delimiter, quote and escape by options, or export the file with every field quoted.",
    where: { file }
  })

function requireUnchanged(file: FileRef): void {
  const now = statSync(file.path, { bigint: true })
  if (Number(now.size) === file.bytes && String(now.mtimeNs) === file.modifiedNanos) return
  throw new BadInput({
    code: "source.changed",
    message: `${file.name} changed while it was read; nothing of it was landed.`,
    fix: "Load again when whoever writes it has finished.",
    where: { file: file.name }
  })
}
