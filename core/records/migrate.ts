import type { DatabaseSync } from "node:sqlite"
import { Unavailable } from "../Unavailable.ts"

/** One numbered step of the records' schema, such as `budget-0001`; never changed once it has landed. */
export interface Migration {
  readonly id: string
  readonly sql: string
}

/**
 * Brings a database to the newest schema, each step in a transaction of its own, in the order given.
 *
 * @throws Unavailable if the database knows a step that this program does not: it was written by a newer one
 */
export function migrate(database: DatabaseSync, migrations: ReadonlyArray<Migration>): void {
  database.exec(
    "create table if not exists migration (id text primary key, applied_at text not null default current_timestamp) strict"
  )
  database.exec("begin immediate")
  try {
    const known = new Set(migrations.map((migration) => migration.id))
    const applied = new Set(
      database
        .prepare("select id from migration")
        .all()
        .map((row) => String(row["id"]))
    )
    const foreign = [...applied].find((id) => !known.has(id))
    if (foreign !== undefined) {
      throw new Unavailable({
        code: "records.newer",
        message: `The home was written by a newer Assay (it knows the step ${foreign}).`,
        fix: "Run the newer program, or restore a backup made by this one."
      })
    }
    const note = database.prepare("insert into migration (id) values (?)")
    for (const migration of migrations) {
      if (applied.has(migration.id)) continue
      database.exec(migration.sql)
      note.run(migration.id)
    }
    database.exec("commit")
  } catch (cause) {
    if (database.isTransaction) database.exec("rollback")
    throw cause
  }
}
