import type { Db } from "#core/records/Records.ts"

/** Raises the counter of committed changes of grant, licence and policy, and returns it. Call it before the change is logged. */
export function raiseEpoch(db: Db): number {
  db.run("update epoch set value = value + 1")
  return db.get<{ value: number }>("select value from epoch")!.value
}
