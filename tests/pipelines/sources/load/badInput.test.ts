import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { BadInput } from "#core/BadInput.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { readSourceFile } from "#pipelines/sources/readSourceFile.ts"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { house } from "../house.ts"
import { connected, nothingLanded, quarantined, rawRows, write } from "../loading.ts"
import type { Files } from "../loading.ts"

const plain = "stream: rows\npath: rows.csv\n"

/** Loads and expects a refusal before anything is landed. */
const refusal = Effect.fnUntraced(function* (files: Files, stream: string) {
  const { load } = yield* connected(files, stream)
  const error = yield* Effect.flip(load)
  assert.instanceOf(error, BadInput)
  assert.isTrue(yield* nothingLanded, "something was landed")
  return error as BadInput
})

describe("a load of bad input", () => {
  it.effect("refuses a path without a file, and a pattern without a match", () =>
    Effect.gen(function* () {
      const missing = yield* refusal({ "other.csv": "a\n" }, plain)
      assert.strictEqual(missing.code, "file.missing")
      assert.include(missing.message, "rows.csv")
      const { load } = yield* connected({ "other.csv": "a\n" }, "stream: rows\npath: '*.tsv'")
      assert.strictEqual((yield* Effect.flip(load) as Effect.Effect<BadInput>).code, "file.missing")
    }).pipe(Effect.provide(house))
  )

  it.effect("refuses a wrong delimiter before anything is landed and says which one it is", () =>
    Effect.gen(function* () {
      const error = yield* refusal(
        { "rows.csv": "id;name\n1;x\n2;y\n" },
        `${plain}options: { delimiter: "," }\nkey: [id]`
      )
      assert.strictEqual(error.code, "source.delimiter")
      assert.include(error.fix, '";"')
    }).pipe(Effect.provide(house))
  )

  it.effect("refuses a single column that nobody declared", () =>
    Effect.gen(function* () {
      const error = yield* refusal({ "rows.csv": "id^name\n1^x\n" }, plain)
      assert.strictEqual(error.code, "source.delimiter")
    }).pipe(Effect.provide(house))
  )

  it.effect("refuses a declared field that the header does not have, with the one that was meant", () =>
    Effect.gen(function* () {
      const error = yield* refusal({ "rows.csv": "id,account\n1,x\n" }, `${plain}key: [id]\nsubject: acount`)
      assert.strictEqual(error.code, "source.field")
      assert.include(error.message, "Did you mean account?")
    }).pipe(Effect.provide(house))
  )

  it.effect("refuses an empty file and takes one that holds a header only", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* refusal({ "rows.csv": "" }, plain)).code, "source.empty")
      const { load } = yield* connected({ "rows.csv": "id,name\n" }, plain)
      const report = yield* load
      assert.strictEqual(report.streams[0]?.rows, 0)
      assert.deepStrictEqual(yield* rawRows, [])
    }).pipe(Effect.provide(house))
  )

  it.effect("refuses truncated and damaged gzip, which the engine may read in silence", () =>
    Effect.gen(function* () {
      const rows = Array.from({ length: 5000 }, (_, i) => `${i},${(i * 7919) % 1000}`).join("\n")
      const packed = gzipSync(`id,n\n${rows}\n`)
      const stream = "stream: rows\npath: rows.csv.gz\n"
      const truncated = yield* refusal({ "rows.csv.gz": packed.subarray(0, packed.length - 5) }, stream)
      assert.strictEqual(truncated.code, "source.gzip_truncated")
      const damaged = Buffer.from(packed)
      damaged[damaged.length - 6]! ^= 1
      assert.strictEqual((yield* refusal({ "rows.csv.gz": damaged }, stream)).code, "source.gzip_damaged")
    }).pipe(Effect.provide(house))
  )

  it.effect("refuses a gzip bomb", () =>
    Effect.gen(function* () {
      const bomb = gzipSync(Buffer.concat([Buffer.from("a,b\n"), Buffer.alloc(90_000_000, "1,2\n")]))
      const error = yield* refusal({ "rows.csv.gz": bomb }, "stream: rows\npath: rows.csv.gz\n")
      assert.strictEqual(error.code, "source.gzip_bomb")
    }).pipe(Effect.provide(house))
  )

  it.effect("refuses a folder, a path above the root and a link that leads out of it", () =>
    Effect.gen(function* () {
      const { data, load } = yield* connected({ "keep.txt": "x" }, plain)
      mkdirSync(join(data, "rows.csv"))
      assert.strictEqual(((yield* Effect.flip(load)) as BadInput).code, "file.kind")
      const above = yield* refusal({ "rows.csv": "a,b\n1,2\n" }, "stream: rows\npath: ../data/rows.csv")
      assert.strictEqual(above.code, "source.outside")
      const linked = yield* connected({ "keep.txt": "x" }, plain)
      writeFileSync(join(linked.data, "..", "secret.csv"), "a,b\n1,2\n")
      symlinkSync(join(linked.data, "..", "secret.csv"), join(linked.data, "rows.csv"))
      assert.strictEqual(((yield* Effect.flip(linked.load)) as BadInput).code, "source.outside")
      assert.isTrue(yield* nothingLanded)
    }).pipe(Effect.provide(house))
  )

  it.effect("refuses a file that may not be read (as root every file may, and then it is loaded)", () =>
    Effect.gen(function* () {
      const { data, load } = yield* connected({ "rows.csv": "a,b\n1,2\n" }, plain)
      chmodSync(join(data, "rows.csv"), 0)
      if (process.getuid?.() === 0) {
        assert.strictEqual((yield* load).streams[0]?.rows, 1)
      } else {
        assert.strictEqual(((yield* Effect.flip(load)) as BadInput).code, "file.unreadable")
      }
    }).pipe(Effect.provide(house))
  )

  it.effect("keeps what is bad with line and reason, lands the rest, and fails with the way out", () =>
    Effect.gen(function* () {
      const file = Buffer.concat([
        Buffer.from('id,name\n1,ok\n2\n3,x,y\n4,"z"z\n5,'),
        Buffer.from([0xc4, 0xe3]),
        Buffer.from('\n6,fine\n7,"open\n8,last\n')
      ])
      const { load } = yield* connected({ "rows.csv": file }, plain)
      const { problem, streams } = yield* load
      assert.deepStrictEqual(yield* rawRows, [
        { id: "1", name: "ok" },
        { id: "6", name: "fine" },
        { id: "8", name: "last" }
      ])
      assert.deepStrictEqual(
        (yield* quarantined).map((row) => [row.line, row.reason, Buffer.from(row.hex, "hex").toString("latin1")]),
        [
          [3, "columns", "2"],
          [4, "columns", "3,x,y"],
          [5, "quote", '4,"z"z'],
          [6, "encoding", "5,Äã"],
          [8, "unclosed_quote", '7,"open']
        ]
      )
      assert.strictEqual(streams[0]?.quarantined, 5)
      assert.strictEqual(problem?.code, "source.bad_rows")
      assert.include(problem?.message ?? "", "5 of 8 rows")
      assert.include(problem?.message ?? "", "line 3")
      assert.include(problem?.fix ?? "", "tolerate")
      assert.notInclude(JSON.stringify(problem), "open")
    }).pipe(Effect.provide(house))
  )

  it.effect("fails again while the bad file stays, keeps each bad row once, and warns once they are tolerated", () =>
    Effect.gen(function* () {
      const files = { "rows.csv": "id,name\n1,a\n2\n3,c\n" }
      const { file, load } = yield* connected(files, plain)
      assert.isNotNull((yield* load).problem)
      const again = yield* load
      assert.strictEqual(again.streams[0]?.filesUnchanged, 1)
      assert.isNotNull(again.problem)
      assert.strictEqual((yield* quarantined).length, 1)
      write(join(file, ".."), {
        "source.yaml":
          "source: shop\nkind: files\nroot: ./data\nstreams: [{ stream: rows, path: rows.csv, options: { tolerate: 0.4 } }]\n"
      })
      const tolerant = yield* load
      assert.isNull(tolerant.problem)
      assert.strictEqual(tolerant.streams[0]?.filesUnchanged, 1)
      assert.strictEqual(tolerant.tolerated[0]?.badRows, 1)
    }).pipe(Effect.provide(house))
  )

  it.effect("adds what a mended file adds and forgets what was bad in it", () =>
    Effect.gen(function* () {
      const { data, load } = yield* connected({ "rows.csv": "id,name\n1,a\n2\n" }, plain)
      assert.isNotNull((yield* load).problem)
      write(data, { "rows.csv": "id,name\n1,a\n2,b\n" })
      const report = yield* load
      assert.isNull(report.problem)
      assert.strictEqual(report.streams[0]?.rowsNew, 1)
      assert.deepStrictEqual(yield* quarantined, [])
    }).pipe(Effect.provide(house))
  )

  it.effect("takes a long line out, whatever its length, and lands the rest", () =>
    Effect.gen(function* () {
      const long = Buffer.alloc(64 * 1024 * 1024, "x")
      const { load } = yield* connected(
        { "rows.csv": Buffer.concat([Buffer.from("id,name\n1,a\n2,"), long, Buffer.from("\n3,c\n")]) },
        plain
      )
      const { problem } = yield* load
      assert.include(problem?.message ?? "", "line 3 is longer than a record may be")
      const [row] = yield* quarantined
      assert.strictEqual(row?.length, long.length + 2)
      assert.strictEqual(row?.hex.length, 2 * 64 * 1024)
      assert.deepStrictEqual(yield* rawRows, [
        { id: "1", name: "a" },
        { id: "3", name: "c" }
      ])
    }).pipe(Effect.provide(house))
  )

  it.effect("refuses a large file of which most rows are bad, instead of filling the quarantine", () =>
    Effect.gen(function* () {
      const error = yield* refusal({ "rows.csv": `a,b\n${"1,2,3\n".repeat(10_001)}` }, plain)
      assert.strictEqual(error.code, "source.mostly_bad")
      assert.include(error.message, "line 2")
    }).pipe(Effect.provide(house))
  )

  it.effect("refuses JSON with ever new keys", () =>
    Effect.gen(function* () {
      const lines = Array.from({ length: 2001 }, (_, i) => `{"k${i}":1}`)
      const error = yield* refusal({ "rows.jsonl": lines.join("\n") }, "stream: rows\npath: rows.jsonl")
      assert.strictEqual(error.code, "source.columns")
    }).pipe(Effect.provide(house))
  )

  it.effect("refuses a file of one endless line", () =>
    Effect.gen(function* () {
      const error = yield* refusal({ "rows.csv": Buffer.alloc(8 * 1024 * 1024, "x") }, plain)
      assert.strictEqual(error.code, "source.header")
    }).pipe(Effect.provide(house))
  )

  it.effect(
    "quarantines JSON lines that are none, are no object or nest too deep, and refuses a truncated document",
    () =>
      Effect.gen(function* () {
        const lines = [
          '{"a":1}',
          "{oops",
          "[1]",
          `{"d":${"[".repeat(90)}${"]".repeat(90)}}`,
          '{"a":"\u0001"}',
          '{"a":2}'
        ]
        const { load } = yield* connected({ "rows.jsonl": lines.join("\n") }, "stream: rows\npath: rows.jsonl")
        assert.isNotNull((yield* load).problem)
        assert.deepStrictEqual(yield* rawRows, [{ a: "1" }, { a: "2" }])
        assert.deepStrictEqual(
          (yield* quarantined).map((row) => [row.line, row.reason]),
          [
            [2, "json"],
            [3, "json"],
            [4, "json_depth"],
            [5, "json"]
          ]
        )
      }).pipe(Effect.provide(house))
  )

  it.effect("refuses a JSON document that ends too early", () =>
    Effect.gen(function* () {
      const error = yield* refusal({ "rows.json": '[{"a":1},{"a":' }, "stream: rows\npath: rows.json")
      assert.strictEqual(error.code, "source.json_truncated")
    }).pipe(Effect.provide(house))
  )

  it.effect("refuses Parquet that is none", () =>
    Effect.gen(function* () {
      const error = yield* refusal({ "rows.parquet": `PAR1${"x".repeat(500)}PAR1` }, "stream: rows\npath: rows.parquet")
      assert.strictEqual(error.code, "source.unreadable")
    }).pipe(Effect.provide(house))
  )

  it.effect("reports a doubled key and keeps both events", () =>
    Effect.gen(function* () {
      const { load } = yield* connected({ "rows.csv": "id,name\n1,a\n1,b\n2,c\n" }, `${plain}key: [id]`)
      const report = yield* load
      assert.strictEqual(report.streams[0]?.doubledKeys, 1)
      assert.isNull(report.problem)
      assert.strictEqual((yield* rawRows).length, 3)
    }).pipe(Effect.provide(house))
  )

  it.effect.each([
    ["postgres", "source.kind"],
    ["singer", "source.kind"],
    ["events", "source.kind"],
    ["flies", "yaml.value"]
  ])("refuses a source of kind %s with %s", ([kind, code]) =>
    Effect.gen(function* () {
      const { file } = yield* connected({}, plain)
      write(join(file, ".."), { "source.yaml": `source: shop\nkind: ${kind}\n` })
      const error = yield* Effect.flip(readSourceFile(file))
      assert.strictEqual(error.code, code)
    }).pipe(Effect.provide(house))
  )

  it.effect("refuses a canonical stream that does not map its key or maps what it does not have", () =>
    Effect.gen(function* () {
      const missing = yield* connected({ "rows.csv": "a,b\n" }, `${plain}as: order\nfields: { status: a }`)
      assert.strictEqual((yield* Effect.flip(readSourceFile(missing.file))).code, "source.canonical_key")
      const unknown = yield* connected({ "rows.csv": "a,b\n" }, `${plain}as: order\nfields: { order_id: a, statsu: b }`)
      const error = yield* Effect.flip(readSourceFile(unknown.file))
      assert.strictEqual(error.code, "source.canonical_field")
      assert.include(error.message, "Did you mean status?")
      const amount = yield* connected({ "rows.csv": "a,b\n" }, `${plain}as: order\nfields: { order_id: a, amount: b }`)
      assert.strictEqual((yield* Effect.flip(readSourceFile(amount.file))).code, "source.currency")
    }).pipe(Effect.provide(house))
  )

  it.effect("reads nothing but the declared files: the engine that opens them refuses every other", () =>
    Effect.gen(function* () {
      const { load } = yield* connected({ "rows.csv": "a,b\n1,2\n" }, plain)
      yield* load
      const warehouse = yield* Warehouse
      const error = yield* Effect.flip(warehouse.query("select * from read_csv('/etc/passwd')"))
      assert.strictEqual(error.kind, "sql")
    }).pipe(Effect.provide(house))
  )
})
