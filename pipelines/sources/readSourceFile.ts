import { BadInput } from "#core/BadInput.ts"
import { model } from "#pipelines/assets/core/model.ts"
import { Effect, FileSystem, Path } from "effect"
import { SourceFile } from "./SourceFile.ts"
import type { SourceSpec, StreamSpec } from "./SourceSpec.ts"
import { closestWord } from "./yaml/closestWord.ts"
import { readYamlFile } from "./yaml/readYamlFile.ts"

const laterKinds: Readonly<Record<string, string>> = {
  postgres: "Export the tables as CSV or Parquet and connect those as kind: files.",
  singer: "Write the tap's records to JSONL files and connect those as kind: files.",
  events: "Collect the events in JSONL files and connect those as kind: files."
}

/** Reads a source file and resolves its root; fails with a BadInput that says where and what to do. */
export const readSourceFile = Effect.fn("readSourceFile")(function* (given: string) {
  const paths = yield* Path.Path
  const file = paths.resolve(given)
  const declared = yield* readYamlFile(SourceFile, file)
  const { source, kind } = declared
  if (kind === "postgres" || kind === "singer" || kind === "events") {
    return yield* new BadInput({
      code: "source.kind",
      message: `${file}: sources of kind ${kind} are not there yet; this version reads files and the sample.`,
      fix: laterKinds[kind]!,
      where: { file, field: "kind" }
    })
  }
  const streams = declared.streams ?? []
  if (kind === "sample") return { source, kind, file, root: "", streams } satisfies SourceSpec as SourceSpec
  if (declared.root === undefined || streams.length === 0) {
    const field = declared.root === undefined ? "root" : "streams"
    return yield* new BadInput({
      code: "yaml.missing_field",
      message: `${file}: a source of kind files needs ${field}.`,
      fix: field === "root" ? "Add root: the folder that holds the files." : "Add at least one stream.",
      where: { file, field }
    })
  }
  for (const problem of crossCheck(file, streams)) return yield* problem
  const root = yield* realFolder(paths.resolve(paths.dirname(file), declared.root), file)
  return { source, kind, file, root, streams } satisfies SourceSpec as SourceSpec
})

const realFolder = Effect.fnUntraced(function* (folder: string, file: string) {
  const files = yield* FileSystem.FileSystem
  const refuse = (message: string) =>
    new BadInput({
      code: "source.root",
      message,
      fix: "Correct root in the source file.",
      where: { file, field: "root" }
    })
  const real = yield* Effect.mapError(files.realPath(folder), () => refuse(`The root ${folder} cannot be found.`))
  const info = yield* Effect.mapError(files.stat(real), () => refuse(`The root ${folder} cannot be read.`))
  return info.type === "Directory" ? real : yield* refuse(`The root ${folder} is not a folder.`)
})

/** What no single field can say: names used twice, canonical columns that do not exist, required ones that are missing. */
function crossCheck(file: string, streams: ReadonlyArray<StreamSpec>): ReadonlyArray<BadInput> {
  const seen = new Set<string>()
  return streams.flatMap((stream) => {
    const field = `streams.${stream.stream}`
    const problem = (code: string, message: string, fix: string) =>
      new BadInput({ code, message: `${file}: ${message}`, fix, where: { file, field } })
    if (seen.has(stream.stream)) {
      return [problem("source.stream_twice", `the stream ${stream.stream} is declared twice.`, "Name streams apart.")]
    }
    seen.add(stream.stream)
    if (stream.as === undefined) return []
    const canonical = model[stream.as]
    const fields = stream.fields ?? {}
    const known = canonical.columns
      .map((column) => column.name.replace(/_minor$/, ""))
      .filter((name) => name !== "subject_id" && name !== "currency")
    const unknown = Object.keys(fields).find((name) => !known.includes(name) && name !== "currency")
    if (unknown !== undefined) {
      const meant = closestWord(unknown, known)
      const hint = meant === undefined ? `Its fields are ${known.join(", ")}.` : `Did you mean ${meant}?`
      return [
        problem("source.canonical_field", `${stream.as} has no field ${unknown}. ${hint}`, "Map a field that it has.")
      ]
    }
    const money = canonical.columns.filter((column) => column.name.endsWith("_minor"))
    for (const { name } of money) {
      const mapping = fields[name.replace(/_minor$/, "")]
      const hasCurrency = typeof mapping === "object" && mapping.currency !== undefined
      if (mapping !== undefined && !hasCurrency && fields["currency"] === undefined) {
        const fix = `Write ${name.replace(/_minor$/, "")}: { from: ..., currency: CNY } or map currency to a field.`
        return [problem("source.currency", `${stream.stream} maps an amount without its currency.`, fix)]
      }
    }
    const missing = canonical.columns.find((column) => column.required && fields[column.name] === undefined)
    return missing === undefined
      ? []
      : [
          problem(
            "source.canonical_key",
            `${stream.stream} is declared as ${stream.as} but does not map ${missing.name}.`,
            `Add fields: { ${missing.name}: <its field> }.`
          )
        ]
  })
}
