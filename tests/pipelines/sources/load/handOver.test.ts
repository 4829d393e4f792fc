import { join } from "node:path"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { Home } from "#core/home/Home.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { fieldsOf } from "#pipelines/sources/files/fieldsOf.ts"
import { newShape, recordAt, stopTable } from "#pipelines/sources/files/recordAt.ts"
import { resolveFiles } from "#pipelines/sources/files/resolveFiles.ts"
import { handOver } from "#pipelines/sources/load/handOver.ts"
import { planFile } from "#pipelines/sources/load/planFile.ts"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { folder, house } from "../house.ts"
import { write } from "../loading.ts"

const stream = { stream: "rows", path: "*.csv", options: { delimiter: ",", header: true } }

/** The good rows of a text by our own rules, field by field. */
function ownReading(text: string): ReadonlyArray<ReadonlyArray<string | null>> {
  const dialect = { delimiter: 44, quote: 34, escape: 34, newline: 10 } as const
  const bytes = Buffer.from(text)
  const shape = newShape()
  const rows: Array<ReadonlyArray<string | null>> = []
  for (let start = 0; start < bytes.length; start = shape.next) {
    recordAt(bytes, start, bytes.length, true, dialect, stopTable(dialect), shape)
    if (shape.problem === "none" && shape.fields === 2 && shape.end > start) {
      const fields = fieldsOf(bytes.subarray(start, shape.end), dialect)
      rows.push(fields.map((field) => (field === "" ? null : field)))
    }
  }
  return rows.slice(1)
}

describe("handOver", () => {
  it.effect("gives the warehouse what our own reader sees, on 200 random files of the worst kind", () =>
    Effect.gen(function* () {
      const bits = seededBits("hand over")
      const alphabet = ["a", "b", ",", ",", '"', '"', "\n", "\n", "\r\n", "\r", " ", "é", "'", "\\", "#", "\t"]
      const root = yield* folder
      const pick = (): string => alphabet[uniformInt(bits, alphabet.length)]!
      const quoted = (): string =>
        `"${Array.from({ length: uniformInt(bits, 6) }, pick)
          .join("")
          .replaceAll('"', '""')}"`
      const texts = Array.from({ length: 200 }, (_, i) => {
        // Every second file is well formed, with LF or CRLF: it goes to the engine as it is.
        if (i % 2 === 0) {
          const end = i % 4 === 0 ? "\n" : "\r\n"
          const rows = Array.from({ length: uniformInt(bits, 8) }, () => `${quoted()},${quoted()}`)
          return ["first,second", ...rows, ""].join(end)
        }
        let text = "first,second\n"
        for (let i = uniformInt(bits, 60); i > 0; i--) text += pick()
        return text
      })
      const name = (i: number): string => `${String(i).padStart(4, "0")}.csv`
      write(root, Object.fromEntries(texts.map((text, i) => [name(i), text])))
      const files = yield* resolveFiles(root, "*.csv")
      const plans = yield* Effect.forEach(files, (file) => planFile(file, stream))
      const handed = yield* handOver(yield* Home, stream, plans, 0)
      const warehouse = yield* Warehouse
      let rows = 0
      for (const [i, file] of handed.files.entries()) {
        const { values, length } = yield* warehouse.columns(
          `select first, second from read_parquet('${file.parquet}', file_row_number = true) order by file_row_number`
        )
        const found = Array.from({ length }, (_, row) => [values["first"]![row], values["second"]![row]])
        assert.deepStrictEqual(found, ownReading(texts[i]!) as typeof found, JSON.stringify(texts[i]))
        rows += length
      }
      assert.isAbove(rows, 100)
    }).pipe(Effect.provide(house))
  )

  it.effect("lets the engine reach the declared files and its own folder, and nothing else", () =>
    Effect.gen(function* () {
      const root = yield* folder
      write(root, { "a.csv": "first,second\n1,2\n", "b.csv": "first,second\n3,4\n" })
      const engine = Warehouse.layer({ path: ":memory:", spill: "", directories: [], files: [join(root, "a.csv")] })
      yield* Effect.gen(function* () {
        const { query, script } = yield* Warehouse
        assert.strictEqual((yield* query(`select * from read_csv('${join(root, "a.csv")}')`)).length, 1)
        for (const statement of [
          `select * from read_csv('${join(root, "b.csv")}')`,
          `select * from read_csv('${root}/sub/../b.csv')`,
          `copy (select 1) to '${join(root, "c.csv")}'`,
          "attach '/tmp/other.duckdb'",
          "set enable_external_access = true",
          "install httpfs",
          "select * from glob('/etc/*')"
        ]) {
          const error = yield* Effect.flip(script(statement))
          assert.include(["sql", "value", "engine"], error.kind, statement)
        }
      }).pipe(Effect.provide(engine))
    }).pipe(Effect.provide(house))
  )
})
