import { Effect, FileSystem, Stream } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Unavailable } from "#core/Unavailable.ts"
import type { IdentifierKind } from "./IdentifierKind.ts"
import { maskCsv } from "./maskCsv.ts"
import type { Masker, MaskProblem } from "./maskCsv.ts"
import { maskLines } from "./maskLines.ts"
import type { Mask } from "./maskText.ts"

/** How many identifiers of each kind were replaced. */
export type MaskedKinds = Readonly<Partial<Record<IdentifierKind, number>>>

/**
 * Writes a CSV or a plain text again with its identifiers masked, piece by piece; nothing stands under the new name until it is whole.
 * @param columns  of a CSV: where to look; absent: everywhere
 */
export const maskFile = Effect.fn("maskFile")(function* (
  file: string,
  out: string,
  mask: Mask,
  columns?: ReadonlyArray<string>
): Effect.fn.Return<MaskedKinds, BadInput | Unavailable, FileSystem.FileSystem> {
  const files = yield* FileSystem.FileSystem
  const found: Partial<Record<IdentifierKind, number>> = {}
  const counted: Mask = (text, kind) => {
    found[kind] = (found[kind] ?? 0) + 1
    return mask(text, kind)
  }
  const wrong = (message: string, fix: string): BadInput =>
    new BadInput({ code: "mask.file", message, fix, where: { file } })
  const plain = /\.(txt|md|log)$/i.test(file)
  if (!plain && !/\.(csv|tsv)$/i.test(file)) {
    return yield* wrong(`${file} is neither a CSV nor a plain text.`, "Give a .csv, .tsv, .txt, .md or .log file.")
  }
  if (plain && columns !== undefined) {
    return yield* wrong(`${file} is a text and has no columns.`, "Leave out --columns.")
  }
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
  const decode = (bytes?: Uint8Array) =>
    Effect.try({
      try: () => (bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })),
      // In another encoding identifiers would be overlooked.
      catch: () => wrong(`${file} is not in UTF-8.`, "Convert it first, such as: iconv -f GB18030 -t UTF-8.")
    })
  const part = `${out}.part`
  let masker: Masker | undefined = plain ? maskLines(counted) : undefined
  let begin = ""
  const settle = (masked: ReturnType<Masker["push"]>) =>
    typeof masked === "string"
      ? Effect.succeed(masked)
      : Effect.fail(wrong(...problemOf(masked.problem, masker?.header ?? [])))
  /** The first line says what parts the cells. */
  const take = (text: string, last: boolean) => {
    if (masker === undefined) {
      begin += text
      if (!begin.includes("\n") && !last && begin.length < 1_000_000) return Effect.succeed("")
      masker = maskCsv(delimiterOf(file, begin), counted, columns)
      return settle(masker.push(begin))
    }
    return settle(masker.push(text))
  }
  const work = Effect.scoped(
    Effect.gen(function* () {
      const open = yield* files.open(part, { flag: "w", mode: 0o600 })
      const write = (text: string) => (text === "" ? Effect.void : open.writeAll(Buffer.from(text)))
      yield* Stream.runForEach(files.stream(file), (bytes) =>
        Effect.gen(function* () {
          yield* write(yield* take(yield* decode(bytes), false))
        })
      )
      yield* write(yield* take(yield* decode(), true))
      yield* write(yield* settle(masker!.end()))
    })
  )
  yield* Effect.andThen(work, files.rename(part, out)).pipe(
    Effect.onError(() => Effect.ignore(files.remove(part, { force: true }))),
    Effect.catchTag("PlatformError", ({ reason }) =>
      Effect.fail(
        new Unavailable({
          code: "mask.file",
          message: `The file could not be read, or not be written again (${reason._tag}).`,
          fix: "Check the path, and the folder after --out."
        })
      )
    )
  )
  return found
})

function delimiterOf(file: string, text: string): string {
  if (/\.tsv$/i.test(file)) return "\t"
  const line = text.slice(0, text.indexOf("\n") < 0 ? undefined : text.indexOf("\n"))
  const count = (sign: string): number => line.split(sign).length
  return [",", ";", "\t", "|"].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

const problemOf = (problem: MaskProblem, header: ReadonlyArray<string>): readonly [message: string, fix: string] => {
  switch (problem) {
    case "header":
      return [
        "The first line holds identifiers or no line ends, so it is no header.",
        "Put a line with the names of the columns first, and end lines with a line feed."
      ]
    case "column":
      return ["--columns names a column that the file does not have.", `Use its columns: ${header.join(", ")}.`]
    case "quote":
      return ["A quote is opened and never closed.", "Repair the file, or give it as .txt to mask it line by line."]
    case "long":
      return ["A cell or line is longer than a million signs.", "Break it into lines."]
    case "nul":
      return ["The file holds zero bytes, so it is no text in UTF-8.", "Convert it to UTF-8 first."]
  }
}
