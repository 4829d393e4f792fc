import { BadInput } from "#core/BadInput.ts"
import { columnNames } from "../files/columnNames.ts"
import type { SniffedText } from "../files/sniffDelimited.ts"
import { sniffDelimited } from "../files/sniffDelimited.ts"
import type { StreamSpec } from "../SourceSpec.ts"
import { closestWord } from "../yaml/closestWord.ts"
import { declaredFields } from "./declaredFields.ts"

/** What the declaration expects of a header and does not find; asked before anything is landed. */
export function checkHeader(
  stream: StreamSpec,
  file: string,
  names: ReadonlyArray<string>,
  text?: { readonly sniffed: SniffedText; readonly head: Buffer; readonly whole: boolean }
): BadInput | undefined {
  const present = new Set(names.map((name) => name.toLowerCase()))
  const absent = declaredFields(stream).find(({ field }) => !present.has(field.toLowerCase()))
  if (text !== undefined) {
    const better = betterDelimiter(stream, names, text)
    const alone = names.length === 1 && stream.options?.delimiter === undefined && declaredFields(stream).length === 0
    if (better !== undefined || alone) {
      const used = nameOf(String.fromCharCode(text.sniffed.dialect.delimiter))
      const what = `${file}: split by ${used} the header has ${names.length} field${names.length === 1 ? "" : "s"}`
      return new BadInput({
        code: "source.delimiter",
        message:
          absent === undefined ? `${what}.` : `${what}, and ${absent.field} (${absent.place}) is not among them.`,
        fix:
          better === undefined
            ? "Write options: { delimiter: ... } with the character between the fields."
            : `The file looks split by ${nameOf(better)}: write options: { delimiter: ${JSON.stringify(better)} }.`,
        where: { file, line: 1, field: `streams.${stream.stream}.options.delimiter` }
      })
    }
  }
  if (absent === undefined) return undefined
  const meant = closestWord(absent.field, names)
  return new BadInput({
    code: "source.field",
    message: `${file} has no field ${absent.field}, which ${absent.place} of the stream ${stream.stream} names.${meant === undefined ? "" : ` Did you mean ${meant}?`}`,
    fix:
      meant === undefined
        ? "Compare the header with the source file; if the file has none, write options: { header: false }."
        : `Write ${meant} in the source file.`,
    where: { file, line: 1, field: `streams.${stream.stream}.${absent.place}` }
  })
}

/** Another delimiter that splits the header in more fields and leaves no declared field out. */
function betterDelimiter(
  stream: StreamSpec,
  names: ReadonlyArray<string>,
  text: { readonly sniffed: SniffedText; readonly head: Buffer; readonly whole: boolean }
): string | undefined {
  const other = sniffDelimited(text.head, text.whole, {})
  if (other.dialect.delimiter === text.sniffed.dialect.delimiter) return undefined
  const found = columnNames(other.records[0] ?? []).map((column) => column.name.toLowerCase())
  if (found.length <= names.length) return undefined
  const missing = (among: ReadonlyArray<string>): number =>
    declaredFields(stream).filter(({ field }) => !among.includes(field.toLowerCase())).length
  const fewer = missing(found) < missing(names.map((name) => name.toLowerCase()))
  return fewer || names.length === 1 ? String.fromCharCode(other.dialect.delimiter) : undefined
}

const nameOf = (delimiter: string): string => (delimiter === "\t" ? "tab" : `"${delimiter}"`)
