import { mkdirSync } from "node:fs"
import { dirname } from "node:path"
import { DatabaseSync } from "node:sqlite"
import type { SQLInputValue } from "node:sqlite"
import { Context, Effect, Layer } from "effect"
import { BadInput } from "../BadInput.ts"
import { Refused } from "../Refused.ts"
import { Unavailable } from "../Unavailable.ts"
import { migrate } from "./migrate.ts"
import type { Migration } from "./migrate.ts"

/** A row of the records; integers are numbers when they are safe, else bigint. */
export type RecordRow = Record<string, string | number | bigint | null | Uint8Array>

/** One open database inside a transaction; synchronous, since SQLite is. */
export interface Db {
  all<A extends object = RecordRow>(sql: string, params?: Readonly<Record<string, SQLInputValue>>): ReadonlyArray<A>
  get<A extends object = RecordRow>(sql: string, params?: Readonly<Record<string, SQLInputValue>>): A | undefined
  /** Runs one statement and returns how many rows it changed. */
  run(sql: string, params?: Readonly<Record<string, SQLInputValue>>): number
}

export type RecordsError = BadInput | Refused | Unavailable

/**
 * Everything transactional: grants, budget, products, sales, runs. SQLite in WAL mode with full synchronisation, so what
 * `write` has returned survives a power cut.
 *
 * A body may throw `BadInput`, `Refused` or `Unavailable`: the transaction is rolled back and the effect fails with it. Any
 * other throw is a bug and dies.
 */
export class Records extends Context.Service<
  Records,
  {
    /** A consistent view of several statements. */
    read<A>(body: (db: Db) => A): Effect.Effect<A, RecordsError>
    /** BEGIN IMMEDIATE, body, COMMIT: one writer at a time over all processes. */
    write<A>(body: (db: Db) => A): Effect.Effect<A, RecordsError>
    /** Rewrites the whole file, so that nothing deleted is left in it or beside it. */
    readonly vacuum: Effect.Effect<void, RecordsError>
  }
>()("core/Records") {
  static layer(path: string, migrations: ReadonlyArray<Migration>): Layer.Layer<Records, RecordsError> {
    return Layer.effect(
      Records,
      Effect.map(
        Effect.acquireRelease(
          attempt(() => open(path, migrations)),
          (database) => Effect.sync(() => database.close())
        ),
        serve
      )
    )
  }

  /** Records that die with the scope; for tests. */
  static memory(migrations: ReadonlyArray<Migration>): Layer.Layer<Records, RecordsError> {
    return Records.layer(":memory:", migrations)
  }
}

function open(path: string, migrations: ReadonlyArray<Migration>): DatabaseSync {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const database = new DatabaseSync(path, { timeout: 5000 })
  database.exec(
    "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma secure_delete = on"
  )
  migrate(database, migrations)
  return database
}

const isExpected = (cause: unknown): cause is RecordsError =>
  cause instanceof BadInput || cause instanceof Refused || cause instanceof Unavailable

const attempt = <A>(body: () => A): Effect.Effect<A, RecordsError> =>
  Effect.suspend(() => {
    try {
      return Effect.succeed(body())
    } catch (cause) {
      if (isExpected(cause)) return Effect.fail(cause)
      const unavailable = fromSqlite(cause)
      return unavailable === undefined ? Effect.die(cause) : Effect.fail(unavailable)
    }
  })

function fromSqlite(cause: unknown): Unavailable | undefined {
  const code = typeof cause === "object" && cause !== null && "errcode" in cause ? Number(cause.errcode) & 0xff : 0
  // SQLITE_BUSY 5, SQLITE_IOERR 10, SQLITE_FULL 13, SQLITE_CANTOPEN 14
  if (![5, 10, 13, 14].includes(code)) return undefined
  return new Unavailable({
    code: code === 5 ? "records.busy" : "records.disk",
    message:
      code === 5
        ? "The records are held by another process."
        : "The records could not be read or written on this disk.",
    fix:
      code === 5
        ? "Wait for the other process to finish, then try again."
        : "Check that the disk has space and the home folder may be written."
  })
}

const readInteger = <A>(row: A): A => {
  for (const [name, value] of Object.entries(row as RecordRow)) {
    if (typeof value === "bigint" && Number.isSafeInteger(Number(value))) (row as RecordRow)[name] = Number(value)
  }
  return row
}

function serve(database: DatabaseSync): Records["Service"] {
  const prepared = new Map<string, ReturnType<DatabaseSync["prepare"]>>()
  const statement = (sql: string): ReturnType<DatabaseSync["prepare"]> => {
    let found = prepared.get(sql)
    if (found === undefined) {
      found = database.prepare(sql)
      found.setReadBigInts(true)
      prepared.set(sql, found)
    }
    return found
  }
  const db: Db = {
    all: <A extends object>(sql: string, params = {}) =>
      statement(sql)
        .all(params)
        .map((row) => readInteger({ ...row }) as A),
    get: <A extends object>(sql: string, params = {}) => {
      const row = statement(sql).get(params)
      return row === undefined ? undefined : (readInteger({ ...row }) as A)
    },
    run: (sql, params = {}) => Number(statement(sql).run(params).changes)
  }
  const within = <A>(begin: string, body: (db: Db) => A): Effect.Effect<A, RecordsError> =>
    attempt(() => {
      database.exec(begin)
      try {
        const outcome = body(db)
        database.exec("commit")
        return outcome
      } catch (cause) {
        if (database.isTransaction) database.exec("rollback")
        throw cause
      }
    })
  return Records.of({
    read: (body) => within("begin", body),
    write: (body) => within("begin immediate", body),
    vacuum: attempt(() => database.exec("vacuum; pragma wal_checkpoint(truncate)"))
  })
}
