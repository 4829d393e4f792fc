import { mkdirSync } from "node:fs"
import { dirname, resolve } from "node:path"
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api"
import { Context, Effect, Layer } from "effect"
import { fromEngineError } from "./fromEngineError.ts"
import { openLocked } from "./openLocked.ts"
import type { LockedOptions } from "./openLocked.ts"
import { sessionOn } from "./Session.ts"
import type { Session } from "./Session.ts"
import { WarehouseError } from "./WarehouseError.ts"

/** Schemas made once at start, since two connections that create one at the same time conflict. */
const schemas = ["_assay", "_stage", "raw", "conform", "core", "feature", "release"]

/** Files that this process holds; a second instance on one file would lose data silently. */
const held = new Set<string>()

/**
 * Everything analytical: one embedded engine per file and process, several connections.
 *
 * A statement outside `transaction` commits by itself. Inside, the session given to the body is the only one that sees its work.
 */
export class Warehouse extends Context.Service<
  Warehouse,
  Session & {
    transaction<A, E, R>(body: (session: Session) => Effect.Effect<A, E, R>): Effect.Effect<A, E | WarehouseError, R>
  }
>()("core/Warehouse") {
  /** A warehouse on a file, closed with the scope. */
  static layer(options: LockedOptions): Layer.Layer<Warehouse, WarehouseError> {
    return Layer.effect(
      Warehouse,
      Effect.gen(function* () {
        const idle: Array<DuckDBConnection> = []
        const instance = yield* Effect.acquireRelease(
          Effect.suspend(() => open(options)),
          (opened) => close(options.path, opened, idle)
        )
        return serve(instance, idle)
      })
    )
  }

  /** A warehouse that lives and dies with the scope; for tests and for work on foreign files. */
  static readonly memory = Warehouse.layer({ path: ":memory:", spill: "", directories: [] })
}

function open(options: LockedOptions): Effect.Effect<DuckDBInstance, WarehouseError> {
  return Effect.tryPromise({
    try: async () => {
      if (options.path !== ":memory:") {
        const path = resolve(options.path)
        if (held.has(path)) throw new Error("Conflicting lock is held by this process")
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        held.add(path)
      }
      const instance = await openLocked(options)
      const connection = await instance.connect()
      for (const schema of schemas) await connection.run(`create schema if not exists ${schema}`)
      connection.closeSync()
      return instance
    },
    catch: (cause) => {
      const error = fromEngineError("open its file", cause)
      if (error.kind !== "locked") held.delete(resolve(options.path))
      return error
    }
  })
}

function close(path: string, instance: DuckDBInstance, idle: ReadonlyArray<DuckDBConnection>): Effect.Effect<void> {
  return Effect.sync(() => {
    // The file stays locked while any connection is open.
    for (const connection of idle) connection.closeSync()
    instance.closeSync()
    held.delete(resolve(path))
  })
}

function serve(instance: DuckDBInstance, idle: Array<DuckDBConnection>): Warehouse["Service"] {
  const take = Effect.suspend(() => {
    const connection = idle.pop()
    return connection === undefined
      ? Effect.tryPromise({ try: () => instance.connect(), catch: (cause) => fromEngineError("connect", cause) })
      : Effect.succeed(connection)
  })
  const give = (connection: DuckDBConnection): Effect.Effect<void> => Effect.sync(() => void idle.push(connection))
  const lend = <A, E, R>(use: (session: Session, connection: DuckDBConnection) => Effect.Effect<A, E, R>) =>
    Effect.acquireUseRelease(take, (connection) => use(sessionOn(connection), connection), give)

  return Warehouse.of({
    query: (sql, params) => lend((session) => session.query(sql, params)),
    columns: (sql, params) => lend((session) => session.columns(sql, params)),
    stream: (sql, params, see) => lend((session) => session.stream(sql, params, see)),
    run: (sql, params, options) => lend((session) => session.run(sql, params, options)),
    script: (sql) => lend((session) => session.script(sql)),
    append: (table, types, chunks) => lend((session) => session.append(table, types, chunks)),
    transaction: (body) =>
      lend((session) =>
        Effect.gen(function* () {
          yield* session.script("begin transaction")
          const outcome = yield* Effect.onError(body(session), () => Effect.ignore(session.script("rollback")))
          yield* Effect.onError(session.script("commit"), () => Effect.ignore(session.script("rollback")))
          return outcome
        })
      )
  })
}
