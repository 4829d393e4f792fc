import { readdirSync, renameSync, utimesSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { loadSource } from "#pipelines/sources/load/loadSource.ts"
import { readSourceFile } from "#pipelines/sources/readSourceFile.ts"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { house } from "../house.ts"
import { connected, nothingLanded, rawRows, write } from "../loading.ts"

const plain = "stream: rows\npath: rows.csv\n"
const eventIds = Effect.flatMap(Warehouse, (warehouse) =>
  warehouse.query<{ id: string }>("select _event_id::varchar as id from raw.shop__rows order by id")
)

describe("loadSource", () => {
  it.effect("keeps text as it arrived: leading zeros, numbers, blanks, quotes, empty as null", () =>
    Effect.gen(function* () {
      const { load } = yield* connected({ "rows.csv": '\ufeffzip,n,text\n0123,1.50," a ""b"" "\n,"",\n' }, plain)
      yield* load
      assert.deepStrictEqual(yield* rawRows, [
        { zip: "0123", n: "1.50", text: ' a "b" ' },
        { zip: null, n: null, text: null }
      ])
    }).pipe(Effect.provide(house))
  )

  it.effect("tells equal rows apart and adds nothing on a second load: unread, touched or in another order", () =>
    Effect.gen(function* () {
      const { data, load } = yield* connected({ "rows.csv": "a,b\n1,x\n1,x\n1,x\n2,y\n" }, plain)
      const first = yield* load
      assert.strictEqual(first.streams[0]?.rowsNew, 4)
      const before = yield* eventIds
      assert.strictEqual(new Set(before.map((row) => row.id)).size, 4)
      const unread = yield* load
      assert.strictEqual(unread.streams[0]?.batch, null)
      utimesSync(join(data, "rows.csv"), 1, 1)
      assert.strictEqual((yield* load).streams[0]?.batch, null)
      write(data, { "rows.csv": "a,b\n2,y\n1,x\n1,x\n1,x\n" })
      const read = yield* load
      assert.deepStrictEqual([read.streams[0]?.rows, read.streams[0]?.rowsNew, read.streams[0]?.rowsKnown], [4, 0, 4])
      assert.deepStrictEqual(yield* eventIds, before)
    }).pipe(Effect.provide(house))
  )

  it.effect("adds only what changed, as a multiset, whatever the order of rows", () =>
    Effect.gen(function* () {
      const { data, load } = yield* connected({ "rows.csv": "a,b\n1,x\n1,x\n2,y\n" }, plain)
      yield* load
      write(data, { "rows.csv": "a,b\n3,z\n2,y\n1,x\n1,x\n1,x\n" })
      const { streams } = yield* load
      assert.deepStrictEqual([streams[0]?.rows, streams[0]?.rowsNew], [5, 2])
      assert.strictEqual((yield* rawRows).length, 5)
    }).pipe(Effect.provide(house))
  )

  it.effect("adds a new column and only the rows that use it", () =>
    Effect.gen(function* () {
      const { data, load } = yield* connected({ "rows.csv": "b,a\nx,1\ny,2\n" }, plain)
      yield* load
      write(data, { "rows.csv": "a,extra,b\n1,,x\n2,new,y\n3,,z\n" })
      const { streams } = yield* load
      assert.deepStrictEqual(streams[0]?.newColumns, ["extra"])
      assert.strictEqual(streams[0]?.rowsNew, 2)
      assert.deepStrictEqual(yield* rawRows, [
        { b: "x", a: "1", extra: null },
        { b: "y", a: "2", extra: "new" },
        { b: "y", a: "2", extra: null },
        { b: "z", a: "3", extra: null }
      ])
      write(data, { "rows.csv": "b,a\nx,1\ny,2\n" })
      assert.strictEqual((yield* load).streams[0]?.rowsNew, 0)
    }).pipe(Effect.provide(house))
  )

  it.effect("makes header names unique and keeps what the file called them", () =>
    Effect.gen(function* () {
      const { load } = yield* connected({ "rows.csv": "category,Category,,_batch\n1,2,3,4\n" }, plain)
      yield* load
      assert.deepStrictEqual(yield* rawRows, [{ category: "1", Category_1: "2", column_3: "3", _batch_1: "4" }])
      const warehouse = yield* Warehouse
      const columns = yield* warehouse.query("select name, original from _assay.raw_column order by name")
      assert.deepInclude(columns, { name: "Category_1", original: "Category" })
    }).pipe(Effect.provide(house))
  )

  it.effect("reads CSV, TSV, JSON, JSONL and gzip of them to the same events", () =>
    Effect.gen(function* () {
      const csv = 'id,name\n1,a\n2,"b, c"\n'
      const tsv = "id\tname\n1\ta\n2\tb, c\n"
      const jsonl = '{"id":1,"name":"a"}\n\n{"name":"b, c","id":"2"}\n'
      const json = '[\n {"id": 1, "name": "a"},\n {"id": 2,\n "name": "b, c"}\n]\n'
      const { load } = yield* connected(
        {
          "1.csv": csv,
          "2.tsv": tsv,
          "3.jsonl": jsonl,
          "4.json": json,
          "5.csv.gz": gzipSync(csv),
          "6.jsonl.gz": gzipSync(jsonl),
          "7.json.gz": Buffer.concat([gzipSync(json.slice(0, 20)), gzipSync(json.slice(20))])
        },
        "stream: rows\npath: '*.*'"
      )
      const { streams } = yield* load
      assert.deepStrictEqual([streams[0]?.rows, streams[0]?.rowsNew], [14, 2])
      assert.deepStrictEqual(yield* rawRows, [
        { id: "1", name: "a" },
        { id: "2", name: "b, c" }
      ])
    }).pipe(Effect.provide(house))
  )

  it.effect("unites the keys of JSON records and keeps what is nested as JSON text", () =>
    Effect.gen(function* () {
      const records = '{"a":{"x":[1,2]},"b/c":true}\n{"a":null,"d~\\"e":"\\u4e2d"}\n'
      const { load } = yield* connected({ "rows.jsonl": records }, "stream: rows\npath: rows.jsonl")
      yield* load
      assert.deepStrictEqual(yield* rawRows, [
        { a: '{"x":[1,2]}', "b/c": "true", 'd~"e': null },
        { a: null, "b/c": null, 'd~"e': "中" }
      ])
    }).pipe(Effect.provide(house))
  )

  it.effect("reads Parquet as text", () =>
    Effect.gen(function* () {
      const { data, load } = yield* connected({ "keep.txt": "x" }, "stream: rows\npath: rows.parquet")
      const warehouse = yield* Warehouse
      const { tmp } = yield* Home
      const made = join(tmp, "made.parquet")
      yield* warehouse.script(
        `copy (select 1.50::decimal(9,2) as n, date '2024-02-29' as d, [1, 2] as l, {'k': 'v'} as s) to '${made}' (format parquet)`
      )
      renameSync(made, join(data, "rows.parquet"))
      yield* load
      assert.deepStrictEqual(yield* rawRows, [{ n: "1.50", d: "2024-02-29", l: "[1,2]", s: '{"k":"v"}' }])
    }).pipe(Effect.provide(house))
  )

  it.effect.each([
    ["gb18030", Buffer.concat([Buffer.from("a,b\n1,"), Buffer.from([0xd6, 0xd0, 0xce, 0xc4]), Buffer.from("\n")])],
    ["utf-16", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("a,b\n1,中文\n", "utf16le")])]
  ] as const)("reads %s when it is declared", ([encoding, bytes]) =>
    Effect.gen(function* () {
      const { load } = yield* connected({ "rows.csv": bytes }, `${plain}options: { encoding: ${encoding} }`)
      assert.isNull((yield* load).problem)
      assert.deepStrictEqual(yield* rawRows, [{ a: "1", b: "中文" }])
    }).pipe(Effect.provide(house))
  )

  it.effect("reads mixed line ends, which the engine refuses", () =>
    Effect.gen(function* () {
      const { load } = yield* connected({ "rows.csv": 'a,b\r\n1,x\n2,"y\r\nz"\r\n3,w\n' }, plain)
      assert.isNull((yield* load).problem)
      assert.deepStrictEqual(yield* rawRows, [
        { a: "1", b: "x" },
        { a: "2", b: "y\r\nz" },
        { a: "3", b: "w" }
      ])
    }).pipe(Effect.provide(house))
  )

  it.effect("reads a file again when it is to be read in another way", () =>
    Effect.gen(function* () {
      const { file, load } = yield* connected({ "rows.csv": "a,b\n1,x\n" }, plain)
      yield* load
      write(join(file, ".."), {
        "source.yaml":
          "source: shop\nkind: files\nroot: ./data\nstreams: [{ stream: rows, path: rows.csv, options: { header: false } }]\n"
      })
      const { streams } = yield* load
      assert.deepStrictEqual(streams[0]?.newColumns, ["column_1", "column_2"])
      assert.strictEqual(streams[0]?.rowsNew, 2)
    }).pipe(Effect.provide(house))
  )

  it.effect("takes a header alone in any encoding and reads the rows that come later", () =>
    Effect.gen(function* () {
      const { data, load } = yield* connected(
        { "rows.csv": Buffer.from("\ufeffa,b\n", "utf16le") },
        `${plain}options: { encoding: utf-16 }`
      )
      assert.strictEqual((yield* load).streams[0]?.rows, 0)
      write(data, { "rows.csv": Buffer.from("\ufeffa,b\n1,é\n", "utf16le") })
      yield* load
      assert.deepStrictEqual(yield* rawRows, [{ a: "1", b: "é" }])
    }).pipe(Effect.provide(house))
  )

  it.effect("takes a first row for the header when it holds the declared fields, even if it looks like data", () =>
    Effect.gen(function* () {
      const { load } = yield* connected({ "rows.csv": "id,20240101,x\n1,2,x\n" }, `${plain}key: [id]`)
      yield* load
      assert.deepStrictEqual(yield* rawRows, [{ id: "1", "20240101": "2", x: "x" }])
    }).pipe(Effect.provide(house))
  )

  it.effect("reads a table of one column, with blank lines, blanks and quoted nothing", () =>
    Effect.gen(function* () {
      const { load } = yield* connected({ "rows.csv": 'only\nx\n\n"" \n"a\n\nb"\n""\n  \n' }, `${plain}key: [only]`)
      assert.isNull((yield* load).problem)
      assert.deepStrictEqual(yield* rawRows, [
        { only: "  " },
        { only: "a\n\nb" },
        { only: "x" },
        { only: null },
        { only: null }
      ])
    }).pipe(Effect.provide(house))
  )

  it.effect("reads another quote and a backslash as escape when they are declared", () =>
    Effect.gen(function* () {
      const options = `options: { quote: "'", escape: "\\\\" }`
      const { load } = yield* connected({ "rows.csv": "a,b\n'x\\'y, z',\"2\n'\\\\','\n'\n" }, plain + options)
      assert.isNull((yield* load).problem)
      assert.deepStrictEqual(yield* rawRows, [
        { a: "\\", b: "\n" },
        { a: "x'y, z", b: '"2' }
      ])
    }).pipe(Effect.provide(house))
  )

  it.effect("keeps the declared licence and categories on every row", () =>
    Effect.gen(function* () {
      const licence =
        "licence: { basis: contract, actions: [aggregate], purposes: [p], recipients: [r], evidence: E1 }\ncategories: { a: c }"
      const { load } = yield* connected({ "rows.csv": "a,b\n1,2\n" }, plain + licence)
      yield* load
      const warehouse = yield* Warehouse
      const [row] = yield* warehouse.query<{ terms: string }>(
        "select d.terms from raw.shop__rows join _base.licence on _lic = lic join _assay.licence d on declared = ordinal"
      )
      assert.deepStrictEqual(JSON.parse(row!.terms), {
        categories: { a: "c" },
        licence: { actions: ["aggregate"], basis: "contract", evidence: "E1", purposes: ["p"], recipients: ["r"] }
      })
    }).pipe(Effect.provide(house))
  )

  it.effect(
    "leaves events under the terms that they arrived under, and says how many differ from those declared now",
    () =>
      Effect.gen(function* () {
        const { file, load } = yield* connected({ "rows.csv": "a,b\n1,2\n3,4\n" }, plain)
        assert.strictEqual((yield* load).streams[0]?.otherTerms, 0)
        write(join(file, ".."), {
          "source.yaml":
            "source: shop\nkind: files\nroot: ./data\nstreams: [{ stream: rows, path: rows.csv, categories: { a: c } }]\n"
        })
        assert.strictEqual((yield* load).streams[0]?.otherTerms, 2)
      }).pipe(Effect.provide(house))
  )

  it.effect("lets a later JSON file do without a field, and refuses a declaration that no file ever met", () =>
    Effect.gen(function* () {
      const { data, file, load } = yield* connected(
        { "1.jsonl": '{"id":1,"who":"a"}' },
        "stream: rows\npath: '*.jsonl'\nsubject: who"
      )
      yield* load
      write(data, { "2.jsonl": '{"id":2}' })
      assert.strictEqual((yield* load).streams[0]?.rowsNew, 1)
      write(join(file, ".."), {
        "source.yaml":
          "source: shop\nkind: files\nroot: ./data\nstreams: [{ stream: rows, path: '*.jsonl', key: [idd] }]\n"
      })
      const error = yield* Effect.flip(load)
      assert.instanceOf(error, BadInput)
      assert.include((error as BadInput).message, "Did you mean id?")
    }).pipe(Effect.provide(house))
  )

  it.effect("refuses a file that changes while it is read, and lands nothing of it", () =>
    Effect.gen(function* () {
      const { data, file } = yield* connected({ "rows.csv": "a,b\n1,2\n" }, plain)
      const spec = yield* readSourceFile(file)
      const load = loadSource(spec, ({ step }) => {
        if (step === "read") write(data, { "rows.csv": "a,b\n1,2\n3,4\n" })
      })
      const error = yield* Effect.flip(load)
      assert.instanceOf(error, BadInput)
      assert.strictEqual((error as BadInput).code, "source.changed")
      assert.isTrue(yield* nothingLanded)
    }).pipe(Effect.provide(house))
  )

  it.effect("leaves nothing in tmp, whether it lands or fails", () =>
    Effect.gen(function* () {
      const good = yield* connected({ "rows.csv": "a,b\n1,2\n1\n" }, plain)
      yield* good.load
      const bad = yield* connected({ "rows.json": "[{" }, "stream: other\npath: rows.json")
      yield* Effect.flip(bad.load)
      const { tmp } = yield* Home
      assert.deepStrictEqual(readdirSync(tmp), [])
    }).pipe(Effect.provide(house))
  )
})
