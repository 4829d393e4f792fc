import { Effect, FileSystem, Path, Schema } from "effect"
import { stringify } from "yaml"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { Refused } from "#core/Refused.ts"
import { categories } from "#privacy/consent/registry/categories.ts"
import { purposes } from "#privacy/consent/registry/purposes.ts"
import { model } from "#pipelines/assets/core/model.ts"
import { Connections } from "#pipelines/sources/Connections.ts"
import type { Connection } from "#pipelines/sources/Connections.ts"
import { inspectPath } from "#pipelines/sources/inspect/inspectPath.ts"
import { SourceFile } from "#pipelines/sources/SourceFile.ts"
import { decodeInput } from "#pricing/evidence/decodeInput.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import type { ConnectRequest } from "../../../api/steward/ConnectRequest.ts"
import type { Inbox } from "../../../api/steward/Inbox.ts"
import type { InspectRequest } from "../../../api/steward/InspectRequest.ts"

const dataFile = /\.(csv|tsv|txt|json|jsonl|ndjson|parquet)(\.gz)?$/i
const mostFiles = 200

/** Folders whose files may be looked at from the pages, by the name that the pages know them under. Nothing else of the machine may. */
const folders = Effect.fnUntraced(function* () {
  const home = yield* Home
  const paths = yield* Path.Path
  const files = yield* FileSystem.FileSystem
  const inbox = paths.join(home.path, "inbox")
  yield* Effect.ignore(files.makeDirectory(inbox, { recursive: true, mode: 0o700 }))
  const connected = yield* (yield* Connections).all
  const roots = connected.flatMap(({ spec }) => (spec.root === "" ? [] : [[spec.source, spec.root] as const]))
  return new Map([["inbox", inbox] as const, ...roots])
})

/** What may be connected, and the words that a source file is written in. */
export const inboxFiles = Effect.fn("inboxFiles")(function* () {
  const files = yield* FileSystem.FileSystem
  const listed = yield* Effect.forEach([...(yield* folders())], ([folder, path]) =>
    Effect.map(
      Effect.orElseSucceed(files.readDirectory(path), (): Array<string> => []),
      (names) => ({
        folder,
        path,
        files: names
          .filter((name) => dataFile.test(name))
          .sort()
          .slice(0, mostFiles)
      })
    )
  )
  return {
    folders: listed,
    canonical: Object.entries(model).map(([name, { columns }]) => ({
      name,
      fields: columns
        .filter((column) => column.name !== "subject_id")
        .map((column) => ({
          name: column.name.replace(/_minor$/, ""),
          required: column.required,
          isMoney: column.name.endsWith("_minor")
        }))
    })),
    purposes: purposes.map(([id]) => id),
    categories: categories.map(([id]) => id)
  } satisfies Inbox as Inbox
})

/** Looks at one file of the listing. */
export const inspectInbox = Effect.fn("inspectInbox")(function* ({ folder, file }: InspectRequest) {
  const paths = yield* Path.Path
  const root = yield* folderOf(folder)
  if (paths.basename(file) !== file || !dataFile.test(file)) return yield* unknownFile()
  return yield* inspectPath(paths.join(root, file))
})

const mapping = Schema.Struct({ source: Schema.String, streams: Schema.Array(Schema.Unknown) })

/** Writes a source file into the home and connects it, as `assay source add` would. */
export const connectInbox = Effect.fn("connectInbox")(function* ({ folder, source, streams }: ConnectRequest) {
  const paths = yield* Path.Path
  const files = yield* FileSystem.FileSystem
  const home = yield* Home
  const root = yield* folderOf(folder)
  yield* reckon(() => decodeInput(mapping, { source, streams }, "source"))
  const connections = yield* Connections
  const all = yield* connections.all
  const decoded = yield* reckon(() => decodeInput(SourceFile, { source, kind: "files", root, streams }, "source"))
  const declared = keepTags(decoded, root, all)
  const known = all.find(({ spec }) => spec.source === declared.source)
  const place = paths.join(home.path, "source")
  const file = paths.join(place, `${declared.source}.source.yaml`)
  if (known !== undefined && known.spec.file !== file) {
    return yield* new Refused({
      code: "source.known",
      message: `A source ${declared.source} is connected by a file elsewhere.`,
      fix: "Give this one another name, or edit the file that connects it.",
      where: { field: "source" }
    })
  }
  const stray = (declared.streams ?? []).find((stream) => paths.basename(stream.path) !== stream.path)
  if (stray !== undefined) return yield* unknownFile()
  yield* Effect.orDie(files.makeDirectory(place, { recursive: true, mode: 0o700 }))
  // Written beside and moved, so that a draft which cannot be read never stands where a connected one is read.
  const fresh = `${file}.new`
  yield* Effect.orDie(files.writeFileString(fresh, stringify(declared, { lineWidth: 100 }), { mode: 0o600 }))
  const before = yield* Effect.option(files.readFileString(file))
  yield* Effect.orDie(files.rename(fresh, file))
  const { spec } = yield* connections
    .add(file)
    .pipe(
      Effect.tapError(() =>
        Effect.orDie(before._tag === "Some" ? files.writeFileString(file, before.value) : files.remove(file))
      )
    )
  return { source: spec.source, streams: spec.streams.map(({ stream }) => stream) }
})

/** What a source file says of access is said at the terminal: a stream that is declared again, or under another name over the same file, keeps its tags. */
const keepTags = (
  declared: typeof SourceFile.Type,
  root: string,
  all: ReadonlyArray<Connection>
): typeof SourceFile.Type => ({
  ...declared,
  streams: (declared.streams ?? []).map((stream) => {
    const before = all.flatMap(({ spec }) =>
      spec.streams.filter(
        (one) =>
          (spec.source === declared.source && one.stream === stream.stream) ||
          (spec.root === root && one.path === stream.path)
      )
    )
    const fields = new Set([stream, ...before].flatMap(({ tags }) => Object.keys(tags ?? {})))
    if (fields.size === 0) return stream
    const tagsOf = (field: string) => [...new Set([stream, ...before].flatMap(({ tags }) => tags?.[field] ?? []))]
    return { ...stream, tags: Object.fromEntries([...fields].map((field) => [field, tagsOf(field)])) }
  })
})

const folderOf = Effect.fnUntraced(function* (folder: string) {
  const root = (yield* folders()).get(folder)
  return root === undefined ? yield* unknownFile() : root
})

const unknownFile = (): BadInput =>
  new BadInput({
    code: "inbox.unknown",
    message: "There is no such file in the inbox or beside a connected source.",
    fix: "Put the file into the folder `inbox` of the home and choose it in the list."
  })
