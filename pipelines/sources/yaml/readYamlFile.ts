import { BadInput } from "#core/BadInput.ts"
import { Effect, FileSystem, Schema } from "effect"
import { decodeYaml } from "./decodeYaml.ts"

const maxBytes = 1 << 20
const mostKept = 512

/** What texts meant when they were last decoded: files are read anew each time, and seldom differ. Told by schema and file. */
const kept = new WeakMap<object, Map<string, { readonly text: string; readonly value: unknown }>>()

/** Reads and decodes a YAML file of at most 1 MiB; the error is always a BadInput that names the file. The value is shared: it is never changed. */
export const readYamlFile = Effect.fn("readYamlFile")(function* <S extends Schema.Codec<unknown, unknown>>(
  schema: S,
  file: string
) {
  const files = yield* FileSystem.FileSystem
  const refuse = (code: string, message: string, fix: string) => new BadInput({ code, message, fix, where: { file } })
  const info = yield* Effect.mapError(files.stat(file), (error) =>
    error.reason._tag === "NotFound"
      ? refuse("file.missing", `There is no file ${file}.`, "Check the path.")
      : refuse("file.unreadable", `${file} cannot be read (${error.reason._tag}).`, "Check its permissions.")
  )
  if (info.type !== "File") {
    return yield* refuse("file.kind", `${file} is not a file.`, "Give the path of a YAML file.")
  }
  if (info.size > maxBytes) {
    return yield* refuse("yaml.size", `${file} is larger than 1 MiB.`, "A source or product file is a few pages long.")
  }
  const bytes = yield* Effect.mapError(files.readFile(file), (error) =>
    refuse("file.unreadable", `${file} cannot be read (${error.reason._tag}).`, "Check its permissions.")
  )
  const text = yield* Effect.try({
    try: () => new TextDecoder("utf-8", { fatal: true }).decode(bytes),
    catch: () => refuse("yaml.encoding", `${file} is not UTF-8.`, "Save the file as UTF-8.")
  })
  const known = kept.get(schema)?.get(file)
  if (known?.text === text) return known.value as S["Type"]
  const value = yield* decodeYaml(schema, text, file)
  const own = kept.get(schema) ?? new Map<string, { readonly text: string; readonly value: unknown }>()
  kept.set(schema, own.set(file, { text, value }))
  if (own.size > mostKept) own.delete(own.keys().next().value!)
  return value
})
