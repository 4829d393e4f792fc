import { createHash, generateKeyPairSync } from "node:crypto"
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { tableFromIPC } from "apache-arrow"
import { parquetMetadata, parquetReadObjects } from "hyparquet"
import { compressors } from "hyparquet-compressors"
import { verifyCertificate } from "#catalog/certificate/verifyCertificate.ts"
import { Deliveries } from "#catalog/delivery/Deliveries.ts"
import { writeArrow } from "#catalog/delivery/writeArrow.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { listVersion } from "../listVersion.ts"
import { listedAt, sampleVersion } from "../sampleVersion.ts"

const sha256 = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex")

/** Every cell that a spreadsheet would compute, and some that only look like it. */
const table = `select * from (values
  ('=1+1', 5, -3.5, date '2026-11-01', true),
  ('+86', -7, 0.25, null, false),
  ('-SP', null, 1e300, date '1969-12-31', true),
  ('@import', 1, -0.0, date '2026-01-01', null),
  (chr(9) || 'tab', 2, 1, date '2026-01-01', true),
  (chr(13) || 'cr', 3, 1, date '2026-01-01', true),
  ('a=b', 4, 1, date '2026-01-01', true),
  ('', 5, 1, date '2026-01-01', true),
  (null, 6, 1, date '2026-01-01', true),
  ('说"好", 是', 7, 1, date '2026-01-01', true)) t("=state", orders, spend, day, known)`

/** A version of the table on the shelf, listed, with an order for it. */
const shelved = Effect.gen(function* () {
  yield* TestClock.setTime(Date.parse(listedAt))
  const { shelf } = yield* Home
  const fresh = join(shelf, "fresh.parquet")
  yield* Effect.gen(function* () {
    yield* (yield* Warehouse).run(`copy (${table}) to ${quoteText(fresh)} (format parquet)`)
  }).pipe(Effect.provide(Warehouse.layer({ path: ":memory:", spill: "", directories: [shelf] })))
  const artefact = sha256(fresh)
  const file = join(shelf, `${artefact}.parquet`)
  renameSync(fresh, file)

  const catalog = yield* Catalog
  const records = yield* Records
  yield* records.write((db) => listVersion(db, catalog, sampleVersion({ artefact })))
  const quote = yield* (yield* Quotes).create("orders_by_state")
  const order = yield* (yield* Orders).place({ quote: quote.id, buyer: "Acme", key: "k1" })
  return { order: order.id, artefact, file, out: join(dirname(shelf), "..", "out") }
})
const paid = Effect.gen(function* () {
  const made = yield* shelved
  yield* (yield* Orders).pay(made.order, "p1")
  return made
})
const entries = Effect.gen(function* () {
  return (yield* (yield* Log).drain).size
})

describe("Deliveries", () => {
  it.effect("delivers a paid version with the data of the shelf, byte for byte, and the order in its metadata", () =>
    Effect.gen(function* () {
      const { order, artefact, file, out } = yield* paid
      const before = yield* entries
      const delivery = yield* (yield* Deliveries).deliver(order, "parquet", out, true)
      expect(delivery).toEqual({
        file: join(out, "orders_by_state-2026-11.1.parquet"),
        certificate: join(out, "orders_by_state-2026-11.1.parquet.certificate.json"),
        sha256: sha256(delivery.file),
        bytes: readFileSync(delivery.file).length,
        order,
        version: "2026-11.1"
      })
      const [own, shelf] = [readFileSync(delivery.file), readFileSync(file)]
      const data = shelf.length - 8 - shelf.readUInt32LE(shelf.length - 8)
      expect(own.subarray(0, data).equals(shelf.subarray(0, data))).toBe(true)
      const read = async (bytes: Buffer) => {
        const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
        return { metadata: parquetMetadata(buffer), rows: await parquetReadObjects({ file: buffer, compressors }) }
      }
      const [ours, theirs] = yield* Effect.promise(() => Promise.all([read(own), read(shelf)]))
      expect(ours.rows).toEqual(theirs.rows)
      expect(ours.rows).toHaveLength(10)
      expect(ours.metadata.key_value_metadata).toEqual([
        ...(theirs.metadata.key_value_metadata ?? []),
        { key: "assay.order", value: order },
        { key: "assay.artefact", value: artefact }
      ])
      expect({ ...ours.metadata, key_value_metadata: 0, metadata_length: 0 }).toEqual({
        ...theirs.metadata,
        key_value_metadata: 0,
        metadata_length: 0
      })
      expect(readdirSync(out).sort()).toEqual([
        "orders_by_state-2026-11.1.parquet",
        "orders_by_state-2026-11.1.parquet.certificate.json"
      ])
      expect((yield* (yield* Orders).get(order)).state).toBe("delivered")
      expect(yield* entries).toBe(before + 1)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("delivers the very bytes of the shelf where the order is not to be named", () =>
    Effect.gen(function* () {
      const { order, artefact, file, out } = yield* paid
      const delivery = yield* (yield* Deliveries).deliver(order, "parquet", out)
      expect(delivery.sha256).toBe(artefact)
      expect(readFileSync(delivery.file).equals(readFileSync(file))).toBe(true)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("delivers CSV in which no cell is a formula and no number is touched", () =>
    Effect.gen(function* () {
      const { order, out } = yield* paid
      const delivery = yield* (yield* Deliveries).deliver(order, "csv", out)
      expect(sha256(delivery.file)).toBe(delivery.sha256)
      expect(readFileSync(delivery.file, "utf8")).toBe(
        [
          "'=state,orders,spend,day,known",
          "'=1+1,5,-3.5,2026-11-01,true",
          "'+86,-7,0.25,,false",
          "'-SP,,1e+300,1969-12-31,true",
          "'@import,1,0.0,2026-01-01,",
          "'\ttab,2,1.0,2026-01-01,true",
          '"\'\rcr",3,1.0,2026-01-01,true',
          "a=b,4,1.0,2026-01-01,true",
          '"",5,1.0,2026-01-01,true',
          ",6,1.0,2026-01-01,true",
          '"说""好"", 是",7,1.0,2026-01-01,true',
          ""
        ].join("\n")
      )
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("delivers JSONL of which every line is a row", () =>
    Effect.gen(function* () {
      const { order, out } = yield* paid
      const { file } = yield* (yield* Deliveries).deliver(order, "jsonl", out)
      const rows = readFileSync(file, "utf8").trimEnd().split("\n")
      expect(rows).toHaveLength(10)
      expect(JSON.parse(rows[1]!)).toEqual({ "=state": "+86", orders: -7, spend: 0.25, day: null, known: false })
      expect(JSON.parse(rows[9]!)["=state"]).toBe('说"好", 是')
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("delivers an Arrow stream with every value, null and type, in batches, and the order in its metadata", () =>
    Effect.gen(function* () {
      const { order, artefact, out } = yield* paid
      const { file } = yield* (yield* Deliveries).deliver(order, "arrow", out, true)
      const table = tableFromIPC(readFileSync(file))
      expect(Object.fromEntries(table.schema.metadata)).toEqual({ "assay.order": order, "assay.artefact": artefact })
      expect(table.schema.fields.map(({ name, type }) => `${name} ${String(type)}`)).toEqual([
        "=state Dictionary<Int32, Utf8>",
        "orders Int32",
        "spend Float64",
        "day Date32<DAY>",
        "known Bool"
      ])
      const rows = Array.from(table, (row) => Object.values(row!.toJSON()) as ReadonlyArray<unknown>)
      expect(rows).toHaveLength(10)
      const day = (text: string): number => Date.parse(text)
      expect(rows.slice(0, 4)).toEqual([
        ["=1+1", 5, -3.5, day("2026-11-01"), true],
        ["+86", -7, 0.25, null, false],
        ["-SP", null, 1e300, day("1969-12-31"), true],
        ["@import", 1, 0, day("2026-01-01"), null]
      ])
      expect(rows[8]![0]).toBeNull()
      expect(rows[9]![0]).toBe('说"好", 是')
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("writes whole numbers of 64 bits and times exactly, over several batches", () =>
    Effect.gen(function* () {
      const { path } = yield* Home
      const [parquet, arrow] = [join(path, "wide.parquet"), join(path, "wide.arrow")]
      const rows = 150_000
      const edges =
        "[-9223372036854775808, 9223372036854775807, -1, 0, 4294967295, 4294967296, -4294967297, 2147483648]"
      yield* Effect.gen(function* () {
        yield* (yield* Warehouse).run(
          `copy (select ${edges}[i % 8 + 1]::bigint as n, make_timestamp(i * 1000003 - 7) as t, null::varchar as none,
             (i % 5)::uinteger as u from range(${rows}) r(i)) to ${quoteText(parquet)} (format parquet)`
        )
      }).pipe(Effect.provide(Warehouse.layer({ path: ":memory:", spill: "", directories: [path] })))
      yield* writeArrow(path, parquet, arrow, {})
      const table = tableFromIPC(readFileSync(arrow))
      expect([table.numRows, table.batches.length]).toEqual([rows, 3])
      const numbers = table.getChild("n")!
      expect([0, 1, 2, 3, 4, 5, 6, 7, rows - 1].map((i) => String(numbers.get(i)))).toEqual([
        ...edges.slice(1, -1).split(", "),
        "2147483648"
      ])
      const times = table.getChild("t")!.toArray() as BigInt64Array
      expect(times.every((time, i) => time === BigInt(i) * 1000003n - 7n)).toBe(true)
      expect(table.getChild("none")!.nullCount).toBe(rows)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("certifies every file: hash, version, terms and order, signed; one changed byte anywhere is found", () =>
    Effect.gen(function* () {
      const { order, artefact, out } = yield* paid
      const { file, certificate } = yield* (yield* Deliveries).deliver(order, "csv", out)
      const text = readFileSync(certificate, "utf8")
      const own = { sha256: sha256(file), bytes: readFileSync(file).length }
      const { certificate: read, keyFingerprint } = verifyCertificate(text, own, (yield* Home).publicKey)
      expect(keyFingerprint).toMatch(/^[0-9a-f]{64}$/)
      expect(read).toMatchObject({
        order,
        artefact,
        buyer: "Acme",
        product: "orders_by_state",
        version: "2026-11.1",
        file: { format: "csv", ...own },
        terms: { purposes: ["dpv:MarketResearch"] }
      })
      const code = (body: () => unknown): string => {
        try {
          body()
          return "sound"
        } catch (error) {
          return (error as { code: string }).code
        }
      }
      expect(code(() => verifyCertificate(text, { ...own, bytes: own.bytes + 1 }))).toBe("certificate.file")
      expect(code(() => verifyCertificate(text, { ...own, sha256: artefact }))).toBe("certificate.file")
      expect(code(() => verifyCertificate(text.replace('"Acme"', '"Acne"'), own))).toBe("certificate.signature")
      expect(code(() => verifyCertificate(text.replace("{", '{"more":1,'), own))).toBe("certificate.form")
      expect(code(() => verifyCertificate(text.slice(1), own))).toBe("certificate.form")
      const other = generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" }).toString()
      expect(code(() => verifyCertificate(text, own, other))).toBe("certificate.key")
      const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 })
      const pem = rsa.publicKey.export({ type: "spki", format: "pem" }).toString()
      expect(code(() => verifyCertificate(text, own, pem))).toBe("certificate.form")
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("delivers the same bytes again, and leaves a file alone that is there already", () =>
    Effect.gen(function* () {
      const { order, out } = yield* paid
      const deliveries = yield* Deliveries
      const first = yield* deliveries.deliver(order, "csv", out)
      const logged = yield* entries
      expect(yield* deliveries.deliver(order, "csv", out)).toEqual(first)
      expect(yield* entries).toBe(logged)
      rmSync(first.file)
      expect(yield* deliveries.deliver(order, "csv", out)).toEqual(first)
      expect(yield* entries).toBe(logged + 1)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("never overwrites another file of the same name", () =>
    Effect.gen(function* () {
      const { order, out } = yield* paid
      const deliveries = yield* Deliveries
      const { file } = yield* deliveries.deliver(order, "parquet", out)
      writeFileSync(file, "mine")
      const before = yield* entries
      const error = yield* Effect.flip(deliveries.deliver(order, "parquet", out))
      expect(error).toMatchObject({ _tag: "Refused", code: "delivery.exists", where: { file } })
      expect(readFileSync(file, "utf8")).toBe("mine")
      expect(yield* entries).toBe(before)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("delivers nothing before it is paid", () =>
    Effect.gen(function* () {
      const { order, out } = yield* shelved
      const error = yield* Effect.flip((yield* Deliveries).deliver(order, "parquet", out))
      expect(error).toMatchObject({ _tag: "Refused", code: "delivery.unpaid" })
      expect(existsSync(out)).toBe(false)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("refuses a shelf file with one changed byte, in either format", () =>
    Effect.gen(function* () {
      const { order, file, out } = yield* paid
      const bytes = readFileSync(file)
      bytes[bytes.length >> 1]! ^= 1
      writeFileSync(file, bytes)
      for (const format of ["parquet", "csv"] as const) {
        const error = yield* Effect.flip((yield* Deliveries).deliver(order, format, out))
        expect(error).toMatchObject({ _tag: "Refused", code: "shelf.tampered" })
      }
      expect(existsSync(out)).toBe(false)
      expect((yield* (yield* Orders).get(order)).state).toBe("paid")
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("says that the shelf has lost a version", () =>
    Effect.gen(function* () {
      const { order, file, out } = yield* paid
      rmSync(file)
      const error = yield* Effect.flip((yield* Deliveries).deliver(order, "parquet", out))
      expect(error).toMatchObject({ _tag: "Unavailable", code: "shelf.missing" })
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("leaves nothing behind where it cannot write, and the order as it was", () =>
    Effect.gen(function* () {
      const { order, out } = yield* paid
      writeFileSync(out, "a file where a folder should be")
      const error = yield* Effect.flip((yield* Deliveries).deliver(order, "csv", out))
      expect(error).toMatchObject({ _tag: "Unavailable", code: "delivery.disk" })
      expect((yield* (yield* Orders).get(order)).state).toBe("paid")
      expect(readdirSync((yield* Home).tmp)).toEqual([])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("refuses an unknown order as bad input", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Deliveries).deliver("ord_0", "csv", "out"))
      expect(error).toMatchObject({ _tag: "BadInput", code: "order.unknown" })
    }).pipe(Effect.provide(catalogLayer))
  )
})
