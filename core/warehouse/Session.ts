import type { DuckDBConnection, DuckDBType, DuckDBValue } from "@duckdb/node-api"
import { blobValue, DuckDBDataChunk, DuckDBResultReader, listValue } from "@duckdb/node-api"
import { Effect } from "effect"
import { fromEngineError } from "./fromEngineError.ts"
import { readValue } from "./readValue.ts"
import type { Cell } from "./readValue.ts"
import type { Watch } from "./smallBegin.ts"
import { streamChunks } from "./streamChunks.ts"
import type { Chunk } from "./streamChunks.ts"
import { shapeOf } from "./shapeOf.ts"
import type { ShapeColumn } from "./shapeOf.ts"
import type { WarehouseError } from "./WarehouseError.ts"

/** A value bound to `$name`; whole numbers, texts, bytes, lists of texts or numbers, null. */
export type Param = string | number | bigint | boolean | null | Uint8Array | ReadonlyArray<string | number>
export type Params = Readonly<Record<string, Param>>

/** Whole columns of one result; `values[name]` has `length` cells. */
export interface Columns {
  readonly names: ReadonlyArray<string>
  readonly types: ReadonlyArray<string>
  readonly length: number
  readonly values: Readonly<Record<string, ReadonlyArray<Cell>>>
}

export interface RunOptions {
  /** Told the done share in 0..1 about every half second, when the engine can say it. */
  readonly onProgress?: (share: number) => void
}

/** What can be done on one connection, inside a transaction or outside. */
export interface Session {
  /** Rows as objects; for results that fit a page, not for data. */
  query<A extends object>(sql: string, params?: Params): Effect.Effect<ReadonlyArray<A>, WarehouseError>
  columns(sql: string, params?: Params): Effect.Effect<Columns, WarehouseError>
  /** The columns that a statement without parameters would yield: it is bound and not run. */
  shape(sql: string): Effect.Effect<ReadonlyArray<ShapeColumn>, WarehouseError>
  /** Shows a result of any size chunk by chunk, in its order, and returns its number of rows; see `Chunk` for what it may hold. */
  stream(sql: string, params: Params, see: (chunk: Chunk) => void): Effect.Effect<number, WarehouseError>
  /** Runs one statement and returns how many rows it changed. */
  run(sql: string, params?: Params, options?: RunOptions): Effect.Effect<number, WarehouseError>
  /** Runs several statements without parameters. */
  script(sql: string): Effect.Effect<void, WarehouseError>
  /** Appends chunks of at most 2,048 rows, each an array of columns in table order. */
  append(
    table: { readonly schema: string; readonly name: string },
    types: ReadonlyArray<DuckDBType>,
    chunks: Iterable<ReadonlyArray<ReadonlyArray<DuckDBValue>>>
  ): Effect.Effect<number, WarehouseError>
}

const bind = (param: Param): DuckDBValue => {
  if (param instanceof Uint8Array) return blobValue(param)
  if (Array.isArray(param)) return listValue(param as Array<DuckDBValue>)
  return param as DuckDBValue
}
const bindAll = (params: Params): Record<string, DuckDBValue> =>
  Object.fromEntries(Object.entries(params).map(([name, param]) => [name, bind(param)]))

/** Runs `use` and interrupts the engine when the fiber is interrupted. */
const guardedOn = <A>(
  connection: DuckDBConnection,
  operation: string,
  use: () => Promise<A>
): Effect.Effect<A, WarehouseError> =>
  Effect.callback((resume) => {
    use().then(
      (value) => resume(Effect.succeed(value)),
      (cause: unknown) => resume(Effect.fail(fromEngineError(operation, cause)))
    )
    return Effect.sync(() => connection.interrupt())
  })

/** One statement; the driver would first split a text with parameters into statements, which is one more trip to another thread. */
async function runOne(connection: DuckDBConnection, sql: string, params: Params | undefined) {
  if (params === undefined) return connection.run(sql)
  const prepared = await connection.prepare(sql)
  try {
    prepared.bind(bindAll(params))
    return await prepared.run()
  } finally {
    prepared.destroySync()
  }
}

async function readAll(connection: DuckDBConnection, sql: string, params: Params | undefined) {
  const reader = new DuckDBResultReader(await runOne(connection, sql, params))
  await reader.readAll()
  return reader
}

async function runWatched(
  connection: DuckDBConnection,
  sql: string,
  params: Params | undefined,
  watch: (share: number) => void
) {
  const timer = setInterval(() => {
    const share = connection.progress.percentage
    if (share >= 0) watch(share / 100)
  }, 500)
  try {
    return await runOne(connection, sql, params)
  } finally {
    clearInterval(timer)
  }
}

/** The session over one open connection; `watch` is told of each statement before its result is. */
export function sessionOn(connection: DuckDBConnection, watch?: Watch): Session {
  const watched = async <A>(use: () => Promise<A>): Promise<A> => {
    const begun = process.cpuUsage()
    try {
      return await use()
    } finally {
      const { user, system } = process.cpuUsage(begun)
      await watch?.(connection, (user + system) / 1000)
    }
  }
  const guarded = <A>(operation: string, use: () => Promise<A>): Effect.Effect<A, WarehouseError> =>
    guardedOn(connection, operation, watch === undefined ? use : () => watched(use))
  return {
    query: <A extends object>(sql: string, params?: Params) =>
      guarded("answer a query", async () => {
        const reader = await readAll(connection, sql, params)
        return reader.convertRowObjects(readValue) as unknown as ReadonlyArray<A>
      }),
    columns: (sql, params) =>
      guarded("read columns", async () => {
        const reader = await readAll(connection, sql, params)
        const names = reader.deduplicatedColumnNames()
        return {
          names,
          types: reader.columnTypes().map(String),
          length: reader.currentRowCount,
          values: reader.convertColumnsObject(readValue) as Record<string, ReadonlyArray<Cell>>
        }
      }),
    shape: (sql) => guarded("bind a statement", () => shapeOf(connection, sql)),
    stream: (sql, params, see) =>
      Effect.flatMap(
        guarded("stream a result", async () => streamChunks(await connection.stream(sql, bindAll(params)), see)),
        ({ rows, bug }) => (bug === undefined ? Effect.succeed(rows) : Effect.die(bug))
      ),
    run: (sql, params, options) =>
      guarded("run a statement", async () => {
        const watch = options?.onProgress
        const result =
          watch === undefined ? await runOne(connection, sql, params) : await runWatched(connection, sql, params, watch)
        return result.rowsChanged
      }),
    script: (sql) => guarded("run a script", async () => void (await connection.run(sql))),
    append: (table, types, chunks) =>
      guarded("append rows", async () => {
        const appender = await connection.createAppender(table.name, table.schema)
        let rows = 0
        for (const columns of chunks) {
          const chunk = DuckDBDataChunk.create(types)
          chunk.setColumns(columns)
          appender.appendDataChunk(chunk)
          rows += columns[0]?.length ?? 0
        }
        appender.closeSync()
        return rows
      })
  }
}
