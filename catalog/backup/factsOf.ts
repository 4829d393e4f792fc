import { DatabaseSync } from "node:sqlite"
import type { BackupManifest } from "./BackupManifest.ts"

/** What a file of records says of itself, without opening a house on it. */
export function factsOf(recordsFile: string): Omit<BackupManifest["facts"], "tables"> {
  const database = new DatabaseSync(recordsFile, { readOnly: true })
  try {
    const one = (sql: string): Record<string, unknown> => database.prepare(sql).get() ?? {}
    const head = one("select size, lower(hex(root)) as root from log_head")
    const count = (table: string): number => Number(one(`select count(*) as n from ${table}`)["n"])
    return {
      logSize: Number(head["size"]),
      logRoot: String(head["root"]),
      spentUnits: String(one("select cast(coalesce(sum(rho_units), 0) as text) as sum from budget_entry")["sum"]),
      invoices: count("invoice"),
      orders: count("buyer_order")
    }
  } finally {
    database.close()
  }
}
