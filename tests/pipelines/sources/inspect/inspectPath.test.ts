import { existsSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { BadInput } from "#core/BadInput.ts"
import { inspectPath } from "#pipelines/sources/inspect/inspectPath.ts"
import { loadSource } from "#pipelines/sources/load/loadSource.ts"
import { readSourceFile } from "#pipelines/sources/readSourceFile.ts"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { folder, house } from "../house.ts"
import { write } from "../loading.ts"
import type { Files } from "../loading.ts"

const inspected = Effect.fnUntraced(function* (files: Files) {
  const root = yield* folder
  write(root, files)
  return { root, found: yield* inspectPath(root) }
})
const column = (found: Effect.Success<ReturnType<typeof inspectPath>>, name: string) =>
  found.streams.flatMap((stream) => stream.columns).find((one) => one.name === name)!
const many = <A>(n: number, make: (i: number) => A): Array<A> => Array.from({ length: n }, (_, i) => make(i))

describe("inspectPath", () => {
  it.effect("proposes a source file that loads as it is", () =>
    Effect.gen(function* () {
      const rows = many(60, (i) => `A${i};${i % 7};2024-01-${String((i % 28) + 1).padStart(2, "0")};0${i}`)
      const { root, found } = yield* inspected({ "My Orders (1).csv": `order_id;items;made;zip\n${rows.join("\n")}\n` })
      const [stream] = found.streams
      assert.deepInclude(stream, { delimiter: ";", header: true, encoding: "utf-8", lineEnds: "lf", rows: 60 })
      assert.deepStrictEqual(stream?.keys[0], ["order_id"])
      assert.deepStrictEqual(
        stream?.columns.map(({ name, type, format }) => [name, type, format]),
        [
          ["order_id", "text", undefined],
          ["items", "integer", undefined],
          ["made", "time", "%Y-%m-%d"],
          ["zip", "text", undefined]
        ]
      )
      write(root, { "source.yaml": found.yaml })
      const report = yield* loadSource(yield* readSourceFile(join(root, "source.yaml")))
      assert.strictEqual(report.streams[0]?.rowsNew, 60)
    }).pipe(Effect.provide(house))
  )

  it.effect("says when day and month cannot be told apart, and when other values settle it", () =>
    Effect.gen(function* () {
      const open = yield* inspected({ "a.csv": "n,day\n1,01/02/2024\n2,03/04/2024\n3,05/05/2024\n" })
      assert.deepStrictEqual(column(open.found, "day").ambiguous, { other: "%m/%d/%Y", both: 3, decided: false })
      assert.include(open.found.yaml, "CHECK: day and month")
      const settled = yield* inspected({
        "a.csv": "n,day\n1,01/02/2024\n2,31/04/2024\n3,25/12/2024\n4,?\n".replace("31/04", "30/04")
      })
      const { format, ambiguous, markers } = column(settled.found, "day")
      assert.deepStrictEqual([format, ambiguous], ["%d/%m/%Y", { other: "%m/%d/%Y", both: 1, decided: true }])
      assert.deepStrictEqual(markers, { "?": 1 })
    }).pipe(Effect.provide(house))
  )

  it.effect("finds identifiers by form and check digit, and shows kinds and counts only", () =>
    Effect.gen(function* () {
      const text =
        "email,phone,id,code,姓名\n" +
        "zhang.wei@example.cn,13800138000,11010519491231002X,91350211M000100Y46,张伟\n" +
        "li.na@example.cn,+86 139 0013 9000,110105194912310021,91350211M000100Y43,李娜\n"
      const { found } = yield* inspected({ "people.csv": text.replace("+86 139 0013 9000", "+8613900139000") })
      assert.deepStrictEqual(column(found, "email").identifiers, { email: 2 })
      assert.deepStrictEqual(column(found, "phone").identifiers, { phone: 2 })
      assert.strictEqual(column(found, "id").identifiers["resident_id"], 1)
      assert.strictEqual(column(found, "code").identifiers["credit_code"], 1)
      assert.strictEqual(column(found, "姓名").named, "name")
      const shown = JSON.stringify(found)
      for (const secret of ["zhang", "example.cn", "13800138000", "19491231", "91350211", "张伟"]) {
        assert.notInclude(shown, secret)
      }
    }).pipe(Effect.provide(house))
  )

  it.effect.each([
    ["an address", "Zhang Wei,zhang.wei@example.cn\nLi Na,li.na@example.cn\n"],
    ["a word that comes again", "Zhang Wei,gold\nLi Na,gold\nWang Fang,silver\n"],
    ["digits", "Zhang Wei,CN13800138000\nLi Na,CN13900139000\n"]
  ])("does not take a first row with %s for a header, and so does not show it", ([, text]) =>
    Effect.gen(function* () {
      const { found } = yield* inspected({ "people.csv": text! })
      assert.deepInclude(found.streams[0], { header: false })
      assert.notInclude(JSON.stringify(found), "Zhang")
    }).pipe(Effect.provide(house))
  )

  it.effect("counts what is dirty", () =>
    Effect.gen(function* () {
      const rows = [
        "1,Berlin,12,x",
        "2, Berlin,13,x",
        "3,BERLIN,N/A,x",
        '4,"Ber\nlin",14,x',
        "5,Paris,15,x",
        "5,Paris,15,x",
        "6,Paris",
        ...many(40, (i) => `${i + 10},City,${i},y`),
        "99,City,many,y"
      ]
      const { found } = yield* inspected({ "a.csv": `id,city,n,city\r\n${rows.join("\r\n")}\r\n` })
      const [stream] = found.streams
      assert.deepInclude(stream, { lineEnds: "crlf", badRows: 1, multilineRows: 1, duplicateRows: 1 })
      assert.deepStrictEqual(stream?.doubledHeaders, ["city"])
      assert.deepInclude(column(found, "city"), { strayBlanks: 1, variants: 2, lineEnds: 1 })
      assert.deepInclude(column(found, "n"), { type: "integer", failing: 1, markers: { "N/A": 1 } })
    }).pipe(Effect.provide(house))
  )

  it.effect.each([
    ["gb18030", Buffer.concat([Buffer.from("id,n\n1,"), Buffer.from([0xd6, 0xd0, 0xce, 0xc4]), Buffer.from("\n")])],
    ["latin-1", Buffer.from("id,n\n1,caf\xe9\n2,S\xe3o Paulo\n", "latin1")],
    ["utf-16le", Buffer.from("id,n\n1,abc\n2,def\n", "utf16le")],
    ["utf-8", Buffer.from("id,n\n1,中文\n")]
  ] as const)("guesses %s", ([encoding, bytes]) =>
    Effect.gen(function* () {
      const { found } = yield* inspected({ "a.csv": bytes })
      assert.deepInclude(found.streams[0], { encoding, badRows: 0 })
    }).pipe(Effect.provide(house))
  )

  it.effect("reports a key that is nearly unique with the number of doubled values", () =>
    Effect.gen(function* () {
      const { found } = yield* inspected({
        "a.csv": `id,kind\n${many(2000, (i) => `${i},k${i % 3}`).join("\n")}\n7,k9\n`
      })
      assert.deepStrictEqual(found.streams[0]?.nearKeys[0], { fields: ["id"], doubled: 1 })
    }).pipe(Effect.provide(house))
  )

  it.effect("names a file that cannot be taken beside those that can, and refuses a folder without data", () =>
    Effect.gen(function* () {
      const { found } = yield* inspected({ "a.csv": "id,n\n1,2\n", "b.csv": "", "notes.md": "x" })
      assert.strictEqual(found.streams.length, 1)
      assert.deepStrictEqual(
        found.refused.map(({ file }) => file),
        ["b.csv"]
      )
      const error = yield* Effect.flip(inspected({ "notes.md": "x" }))
      assert.instanceOf(error, BadInput)
      assert.strictEqual((yield* Effect.flip(inspectPath("/nowhere/at/all"))).code, "file.missing")
    }).pipe(Effect.provide(house))
  )

  it.effect("finds in the marketing funnel what is known of it", ({ task }) =>
    Effect.gen(function* () {
      const path = fileURLToPath(new URL("../../../../../shared/data/olist-funnel", import.meta.url))
      if (!existsSync(path)) {
        task.meta.note = "The shared data sets are not beside the repository: their facts were not checked."
        return
      }
      const found = yield* inspectPath(path)
      assert.deepStrictEqual(column(found, "first_contact_date").ambiguous, {
        other: "%m-%d-%Y",
        both: 3058,
        decided: true
      })
      assert.strictEqual(column(found, "origin").missing, 60)
      assert.strictEqual(found.streams.find(({ file }) => file.includes("leads"))?.lineEnds, "crlf")
    }).pipe(Effect.provide(house))
  )
})
