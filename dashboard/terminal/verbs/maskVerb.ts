import { randomBytes } from "node:crypto"
import { Effect, FileSystem, Path } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { maskFile } from "#privacy/identifier/maskFile.ts"
import { masks } from "#privacy/identifier/masks.ts"
import { languageOf } from "../languageOf.ts"
import { table } from "../table.ts"
import type { Call, Verb } from "../Verb.ts"

const ways = ["redact", "mask", "hash", "surrogate"] as const

const words = {
  en: {
    head: ["identifier", "masked"],
    none: (out: string) => `No identifier was found; ${out} holds the same text.`,
    some: (n: number, out: string) =>
      `${n} identifiers masked in ${out}. What no finder knows stays as it was: look at a sample.`,
    key: "A fresh key was used and not kept: equal identifiers are equal within this file only. --key FILE keeps them equal across files."
  },
  zh: {
    head: ["标识符", "已处理"],
    none: (out: string) => `未发现标识符；${out} 与原文相同。`,
    some: (n: number, out: string) => `已处理 ${n} 个标识符，写入 ${out}。识别不了的内容保持原样，请抽样检查。`,
    key: "使用了一次性密钥且未保存：相同标识符只在本文件内保持一致。用 --key FILE 可跨文件一致。"
  }
}

/** Masks identifiers in a file, without a home. */
export const maskVerb: Verb<FileSystem.FileSystem | Path.Path> = {
  usage: "mask FILE --out FILE [--columns A,B] [--as redact|mask|hash|surrogate] [--key FILE]",
  about: "mask identifiers in the columns of a CSV or in a text; redact leaves nothing of them",
  flags: ["out", "columns", "as", "key"],
  words: 1,
  run: Effect.fn("mask")(function* ({ words: [name], flags, io }: Call) {
    const paths = yield* Path.Path
    const files = yield* FileSystem.FileSystem
    const flagError = (flag: string, message: string, fix: string) =>
      new BadInput({ code: `flag.${flag}`, message, fix })
    const file = paths.resolve(io.cwd, name!)
    if (typeof flags["out"] !== "string" || flags["out"] === "") {
      return yield* flagError("out", "Nothing says where the masked file goes.", "Write --out FILE.")
    }
    const out = paths.resolve(io.cwd, flags["out"])
    if (out === file) {
      return yield* flagError("out", "The masked file would take the place of the original.", "Give another --out.")
    }
    const way = ways.find((own) => own === (flags["as"] ?? "redact"))
    if (way === undefined) {
      return yield* flagError("as", "--as takes one of four ways.", `Use ${ways.join(", ")}.`)
    }
    if (!(yield* Effect.orElseSucceed(files.exists(file), () => false))) {
      return yield* new BadInput({ code: "file.missing", message: `There is no file ${file}.`, fix: "Check the path." })
    }
    const keyed = way === "hash" || way === "surrogate"
    const kept = flags["key"] !== undefined
    const key = kept
      ? yield* Effect.orElseSucceed(files.readFile(paths.resolve(io.cwd, String(flags["key"]))), () => new Uint8Array())
      : new Uint8Array(randomBytes(32))
    if (key.length < 16) {
      return yield* flagError(
        "key",
        "--key names no file of at least 16 bytes.",
        "Make one: head -c 32 /dev/urandom > key."
      )
    }
    const columns =
      typeof flags["columns"] === "string" ? flags["columns"].split(",").map((column) => column.trim()) : undefined
    const mask = way === "hash" || way === "surrogate" ? masks[way](key) : masks[way]
    const kinds = yield* maskFile(file, out, mask, columns)
    const own = words[languageOf(flags)]
    const total = Object.values(kinds).reduce((sum, n) => sum + n, 0)
    const rows = Object.entries(kinds).map(([kind, n]) => [kind.replaceAll("_", " "), String(n)])
    return {
      json: { out, as: way, masked: total, kinds },
      text:
        total === 0
          ? own.none(out)
          : [own.some(total, out), ...(keyed && !kept ? [own.key] : []), "", table(own.head, rows)].join("\n")
    }
  })
}
