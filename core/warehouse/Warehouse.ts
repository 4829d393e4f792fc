import { mkdirSync } from "node:fs"
import { dirname, resolve } from "node:path"
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api"
import { Context, Effect, Layer } from "effect"
import { fromEngineError } from "./fromEngineError.ts"
import { openLocked } from "./openLocked.ts"
import type { LockedOptions } from "./openLocked.ts"
import { sessionOn } from "./Session.ts"
import type { Session } from "./Session.ts"
import { smallBegin } from "./smallBegin.ts"
import type { Watch } from "./smallBegin.ts"
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
    /** @param opening  statements without parameters that come first in it */
    transaction<A, E, R>(
      body: (session: Session) => Effect.Effect<A, E, R>,
      opening?: string
    ): Effect.Effect<A, E | WarehouseError, R>
  }
>()("core/Warehouse") {
  /** A warehouse on a file, closed with the scope. */
  static layer(options: LockedOptions): Layer.Layer<Warehouse, WarehouseError> {
    return Layer.effect(
      Warehouse,
      Effect.gen(function* () {
        const idle: Array<Connected> = []
        const begin = smallBegin(options)
        const instance = yield* Effect.acquireRelease(
          Effect.suspend(() => open(begin.options)),
          (opened) => close(options.path, opened, idle)
        )
        return serve(instance, idle, begin.watch)
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

interface Connected {
  readonly connection: DuckDBConnection
  readonly session: Session
}

function close(path: string, instance: DuckDBInstance, idle: ReadonlyArray<Connected>): Effect.Effect<void> {
  return Effect.sync(() => {
    // The file stays locked while any connection is open.
    for (const { connection } of idle) connection.closeSync()
    instance.closeSync()
    held.delete(resolve(path))
  })
}

function serve(instance: DuckDBInstance, idle: Array<Connected>, watch: Watch | undefined): Warehouse["Service"] {
  const connect = Effect.tryPromise({
    try: async () => {
      const connection = await instance.connect()
      return { connection, session: sessionOn(connection, watch) }
    },
    catch: (cause) => fromEngineError("connect", cause)
  })
  const take = Effect.suspend(() => {
    const connected = idle.pop()
    return connected === undefined ? connect : Effect.succeed(connected)
  })
  const give = (connected: Connected): Effect.Effect<void> => Effect.sync(() => void idle.push(connected))
  const lend = <A, E, R>(use: (session: Session) => Effect.Effect<A, E, R>) =>
    Effect.acquireUseRelease(take, ({ session }) => use(session), give)

  return Warehouse.of({
    query: (sql, params) => lend((session) => session.query(sql, params)),
    columns: (sql, params) => lend((session) => session.columns(sql, params)),
    shape: (sql) => lend((session) => session.shape(sql)),
    stream: (sql, params, see) => lend((session) => session.stream(sql, params, see)),
    run: (sql, params, options) => lend((session) => session.run(sql, params, options)),
    script: (sql) => lend((session) => session.script(sql)),
    append: (table, types, chunks) => lend((session) => session.append(table, types, chunks)),
    transaction: (body, opening = "") =>
      lend((session) => {
        const undo = Effect.ignore(session.script("rollback"))
        return Effect.gen(function* () {
          // Not sent alone where the body begins with a text anyway: each trip to the engine costs as much as a small statement.
          yield* Effect.onError(session.script(`begin transaction; ${opening}`), () => undo)
          const outcome = yield* Effect.onError(body(session), () => undo)
          yield* Effect.onError(session.script("commit"), () => undo)
          return outcome
        })
      })
  })
}
