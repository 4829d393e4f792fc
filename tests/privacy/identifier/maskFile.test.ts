import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { NodeServices } from "@effect/platform-node"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { maskVerb } from "#dashboard/terminal/verbs/maskVerb.ts"
import { maskCsv } from "#privacy/identifier/maskCsv.ts"
import { masks } from "#privacy/identifier/masks.ts"

const folder = mkdtempSync(join(tmpdir(), "assay-mask-"))
afterAll(() => rmSync(folder, { recursive: true }))
const io = { out: () => undefined, err: () => undefined, cwd: folder, live: false }
const at = (name: string): string => join(folder, name)

const mask = (name: string, text: string | Uint8Array, flags: Readonly<Record<string, string>> = {}) => {
  writeFileSync(at(name), text)
  return maskVerb
    .run({ words: [name], flags: { out: `masked-${name}`, lang: "en", ...flags }, io })
    .pipe(Effect.provide(NodeServices.layer))
}
const made = (name: string): string => readFileSync(at(`masked-${name}`), "utf8")
const [mobile, resident, email] = ["13812345678", "11010519491231002X", "li.lei@example.com"]

describe("assay mask", () => {
  it.effect("takes identifiers out of cells and texts and leaves every other sign as it was", () =>
    Effect.gen(function* () {
      const text = `\uFEFF编号,备注,"a ""b"""\r\n1,"请致电${mobile}，\r\n谢谢, ""急""",x\r\n2, y ,${email}\r\n3,,"",${mobile}\n4,last`
      const answer = yield* mask("ugly.csv", text)
      assert.strictEqual(made("ugly.csv"), text.replaceAll(mobile, "").replaceAll(email, ""))
      assert.deepInclude(answer.json as object, { as: "redact", masked: 3, kinds: { mobile: 2, email: 1 } })
      assert.notInclude(JSON.stringify(answer), mobile)
      assert.strictEqual(statSync(at("masked-ugly.csv")).mode & 0o777, 0o600)
      yield* mask("note.txt", `身份证${resident}\r\n\r\nno end ${email}`)
      assert.strictEqual(made("note.txt"), "身份证\r\n\r\nno end ")
    })
  )

  it.effect("gives the same whatever the pieces in which the file comes", () =>
    Effect.gen(function* () {
      const text = `id;"no;te"\n1;"a ""${mobile}"";\n${email}"\n2;${resident}\n`
      const whole = maskCsv(";", masks.mask)
      const once = `${String(whole.push(text))}${String(whole.end())}`
      assert.notInclude(once, mobile)
      assert.include(once, '"a ""138****5678"";\n')
      for (const size of [1, 2, 7, 30]) {
        const masker = maskCsv(";", masks.mask)
        let pieces = ""
        for (let i = 0; i < text.length; i += size) pieces += String(masker.push(text.slice(i, i + size)))
        assert.strictEqual(pieces + String(masker.end()), once)
      }
      yield* Effect.void
    })
  )

  it.effect("looks only into the columns that are named, and into cells that no column names", () =>
    Effect.gen(function* () {
      yield* mask("some.csv", `a,b\n${mobile},${mobile}\n1,2,${mobile}\n`, { columns: "b", as: "mask" })
      assert.strictEqual(made("some.csv"), `a,b\n${mobile},138****5678\n1,2,138****5678\n`)
      const error = yield* Effect.flip(mask("some.csv", "a,b\n1,2\n", { columns: "b,c" }))
      assert.include((error as { fix?: string }).fix ?? "", "a, b")
    })
  )

  it.effect("keeps equal identifiers equal under one key file and tells them apart under another", () =>
    Effect.gen(function* () {
      writeFileSync(at("k1"), "0123456789abcdef0123456789abcdef")
      writeFileSync(at("k2"), "another key of thirty-two bytes!")
      const text = `phone\n${mobile}\n${mobile}\n13912345678\n`
      for (const way of ["hash", "surrogate"]) {
        yield* mask("keyed.csv", text, { as: way, key: "k1" })
        const first = made("keyed.csv").split("\n")
        assert.strictEqual(first[1], first[2])
        assert.notStrictEqual(first[1], first[3])
        assert.notInclude(first, mobile)
        yield* mask("keyed.csv", text, { as: way, key: "k1" })
        assert.deepStrictEqual(made("keyed.csv").split("\n"), first)
        yield* mask("keyed.csv", text, { as: way, key: "k2" })
        assert.notStrictEqual(made("keyed.csv").split("\n")[1], first[1])
      }
      assert.include((yield* mask("keyed.csv", text, { as: "hash" })).text, "fresh key")
      assert.include((yield* mask("keyed.csv", text, { lang: "zh" })).text, "已处理 3 个标识符")
    })
  )

  it.effect("refuses what it could not look through, says what to do, and leaves no file behind", () =>
    Effect.gen(function* () {
      const cases: ReadonlyArray<readonly [string, string | Uint8Array, RegExp, Readonly<Record<string, string>>?]> = [
        ["gbk.csv", Uint8Array.from([0x61, 0x0a, 0xca, 0xd6, 0xbb, 0xfa]), /UTF-8/],
        ["cut.csv", Uint8Array.from([0x61, 0x0a, 0xe6]), /UTF-8/],
        ["utf16.txt", Buffer.from("abc", "utf16le"), /zero bytes/],
        ["open.csv", `a,b\n1,"never closed ${mobile}\n`, /never closed/],
        ["bare.csv", `${mobile},x\n1,2\n`, /no header/],
        ["mac.csv", `a,b\r1,${email}\r`, /no header/],
        ["long.txt", "x".repeat(1_100_000), /million/],
        ["table.parquet", "PAR1", /neither/],
        ["columns.txt", "x", /no columns/, { columns: "a" }],
        ["way.csv", "a\n1\n", /four ways/, { as: "shred" }],
        ["key.csv", "a\n1\n", /16 bytes/, { as: "hash", key: "nowhere" }],
        ["self.csv", "a\n1\n", /place of the original/, { out: "self.csv" }]
      ]
      for (const [name, text, message, flags] of cases) {
        const error = yield* Effect.flip(mask(name, text, flags))
        assert.match(error.message, message, name)
        assert.notInclude(JSON.stringify(error), mobile)
        assert.isFalse(existsSync(at(`masked-${name}`)) || existsSync(at(`masked-${name}.part`)), name)
      }
      const missing = yield* Effect.flip(
        maskVerb.run({ words: ["no.csv"], flags: { out: "x" }, io }).pipe(Effect.provide(NodeServices.layer))
      )
      assert.include(missing.message, "no file")
      yield* mask("empty.csv", "")
      assert.strictEqual(made("empty.csv"), "")
    })
  )
})
