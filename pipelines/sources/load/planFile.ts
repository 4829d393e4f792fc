import { BadInput } from "#core/BadInput.ts"
import { Effect } from "effect"
import { columnNames } from "../files/columnNames.ts"
import type { NamedColumn } from "../files/columnNames.ts"
import { fileProblem } from "../files/fileProblem.ts"
import type { FileRef } from "../files/FileRef.ts"
import { sniffDelimited } from "../files/sniffDelimited.ts"
import { sniffFile } from "../files/sniffFile.ts"
import type { StreamSpec } from "../SourceSpec.ts"
import { checkHeader } from "./checkHeader.ts"
import { declaredFields } from "./declaredFields.ts"
import type { FilePlan } from "./FilePlan.ts"
import { maxColumns } from "./maxColumns.ts"

/** Decides how a file is read, and refuses it when its head contradicts the declaration. */
export const planFile = Effect.fnUntraced(function* (file: FileRef, stream: StreamSpec) {
  const options = stream.options ?? {}
  const sniffed = yield* Effect.tryPromise({
    try: (signal) => sniffFile(file, options.encoding, signal),
    catch: (cause) => fileProblem(file.name, cause)
  })
  const { format, gzip, encoding, head, whole } = sniffed
  const refuse = (code: string, what: string, fix: string) =>
    new BadInput({ code, message: `${file.name} ${what}.`, fix, where: { file: file.name } })
  if (file.bytes === 0 || (format !== "parquet" && head.length === 0)) {
    return yield* refuse("source.empty", "is empty", "Export it again, or take it out of the stream's path.")
  }
  if (format !== "delimited") return { file, format, gzip, encoding } satisfies FilePlan as FilePlan
  const { delimiter, quote, escape, header } = options
  const text = sniffDelimited(head, whole, {
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(quote === undefined ? {} : { quote }),
    ...(escape === undefined ? {} : { escape }),
    ...(header === undefined ? {} : { header })
  })
  const first = text.records[0]
  if (first === undefined) {
    return yield* refuse(
      "source.header",
      "has no readable first record",
      "Check that it is text with one record a line; set options.encoding or options.quote if they are unusual."
    )
  }
  if (first.length > maxColumns) {
    return yield* refuse("source.columns", `has more than ${maxColumns} columns`, "Split the table.")
  }
  const isHeader = text.header || (header === undefined && holdsDeclared(columnNames(first), stream))
  const columns = columnNames(isHeader ? first : first.map(() => ""))
  const problem = checkHeader(
    stream,
    file.name,
    columns.map((column) => column.name),
    { sniffed: text, head, whole }
  )
  if (problem !== undefined) return yield* problem
  const { dialect } = text
  return {
    file,
    format,
    gzip,
    encoding,
    text: { dialect, header: isHeader, columns }
  } satisfies FilePlan as FilePlan
})

/** A first record with every field that the source file names is a header, however it looks. */
function holdsDeclared(columns: ReadonlyArray<NamedColumn>, stream: StreamSpec): boolean {
  const names = new Set(columns.map((column) => column.name.toLowerCase()))
  const declared = declaredFields(stream)
  return declared.length > 0 && declared.every(({ field }) => names.has(field.toLowerCase()))
}
