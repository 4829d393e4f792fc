import { closeSync, openSync, writeSync } from "node:fs"
import { Field, RecordBatch, RecordBatchStreamWriter, Schema, Struct, makeData } from "apache-arrow"
import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { arrowColumn, kindOf } from "./arrowColumn.ts"
import type { ArrowColumn } from "./arrowColumn.ts"

const batchRows = 65_536
/** Texts are written by dictionary, which stays in memory: beyond this many, Parquet is the form for it. */
const mostTexts = 1 << 20

/**
 * Writes a Parquet file as an Arrow IPC stream, rows in the file's order, in batches: memory does not grow with the rows.
 *
 * @param folder    holds both files; the engine reaches nothing else
 * @param metadata  of the schema, names and values
 */
export const writeArrow = Effect.fn("writeArrow")(
  (folder: string, parquet: string, arrow: string, metadata: Readonly<Record<string, string>>) =>
    Effect.gen(function* () {
      const engine = yield* Warehouse
      const described = yield* engine.query<{ column_name: string; column_type: string }>(
        "describe select * from read_parquet($parquet)",
        { parquet }
      )
      const columns: Array<ArrowColumn> = []
      const whole = yield* withoutNulls(parquet)
      for (const { column_name: name, column_type: type } of described) {
        const kind = kindOf(type)
        columns.push(arrowColumn(name, kind, kind === "text" ? yield* textsOf(parquet, name) : [], !whole.has(name)))
      }
      const selected = columns.flatMap(({ sql }) => sql)
      const writer = yield* Effect.acquireRelease(
        Effect.sync(() => openBatches(arrow, columns, metadata)),
        (open) => Effect.sync(() => open.close())
      )
      yield* engine.stream(
        `select ${selected.map((sql, i) => `${sql} as c${i}`).join(", ")} from read_parquet(${quoteText(parquet)})`,
        {},
        ({ length, columns: parts }) => writer.see(parts, length)
      )
      yield* Effect.sync(() => writer.finish())
    }).pipe(
      Effect.scoped,
      Effect.provide(Warehouse.layer({ path: ":memory:", spill: "", directories: [folder], memory: "1GB", threads: 2 }))
    )
)

/** The columns that the file's own statistics say are without null. */
const withoutNulls = Effect.fnUntraced(function* (parquet: string) {
  const engine = yield* Warehouse
  const found = yield* engine.query<{ name: string }>(
    `select path_in_schema as name from parquet_metadata($parquet)
     group by path_in_schema having sum(coalesce(stats_null_count, 1)) = 0`,
    { parquet }
  )
  return new Set(found.map(({ name }) => name))
})

/** Makes the type that codes the texts of a column, and returns them in its order. */
const textsOf = Effect.fnUntraced(function* (parquet: string, name: string) {
  const engine = yield* Warehouse
  const column = `${quoteIdentifier(name)}::varchar`
  const from = `from read_parquet(${quoteText(parquet)}) where ${quoteIdentifier(name)} is not null`
  const found = yield* engine.columns(
    `select distinct ${column} as value ${from} order by value limit ${mostTexts + 1}`
  )
  if (found.length > mostTexts) {
    return yield* new BadInput({
      code: "delivery.arrow",
      message: "A text column of this version has too many different values for Arrow's dictionaries.",
      fix: "Take it as Parquet, which holds the same rows."
    })
  }
  const type = quoteIdentifier(`text_${name}`)
  yield* engine.script(
    found.length === 0
      ? `create type ${type} as enum ('')`
      : `create type ${type} as enum (select distinct ${column} as value ${from} order by value)`
  )
  return found.values["value"] as ReadonlyArray<string>
})

/** Collects the engine's chunks into batches and writes each to the file as it is full. */
function openBatches(file: string, columns: ReadonlyArray<ArrowColumn>, metadata: Readonly<Record<string, string>>) {
  const handle = openSync(file, "wx", 0o600)
  const schema = new Schema(
    columns.map(({ name, type }) => new Field(name, type, true)),
    new Map(Object.entries(metadata))
  )
  const writer = new FileWriter(handle)
  writer.reset(undefined, schema)
  let held: ReadonlyArray<Int32Array | Float64Array> | undefined
  let rows = 0
  const flush = (): void => {
    let from = 0
    const children = columns.map((column) => {
      const parts = held!.slice(from, from + column.sql.length)
      from += column.sql.length
      return column.data(parts, rows)
    })
    const data = makeData({ type: new Struct(schema.fields), length: rows, nullCount: 0, children })
    writer.write(new RecordBatch(schema, data))
    rows = 0
  }
  return {
    see: (parts: ReadonlyArray<Int32Array | Float64Array>, length: number): void => {
      held ??= parts.map((part) =>
        part instanceof Int32Array ? new Int32Array(batchRows) : new Float64Array(batchRows)
      )
      if (rows + length > batchRows) flush()
      for (const [i, part] of parts.entries()) held[i]!.set(part.subarray(0, length), rows)
      rows += length
    },
    finish: (): void => {
      if (rows > 0) flush()
      writer.finish()
    },
    close: (): void => closeSync(handle)
  }
}

/** Writes at once, so that no queue grows. */
class FileWriter extends RecordBatchStreamWriter {
  readonly #handle: number

  constructor(handle: number) {
    super()
    this.#handle = handle
  }

  protected override _write(chunk: Uint8Array): this {
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    for (let at = 0; at < bytes.length;) at += writeSync(this.#handle, bytes, at)
    this._position += bytes.length
    return this
  }
}
