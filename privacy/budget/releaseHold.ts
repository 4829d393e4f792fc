import type { Db } from "#core/records/Records.ts"

/** Gives a hold back; false if there was none left. */
export function releaseHold(db: Db, id: string, at: string): boolean {
  return (
    db.run("update budget_hold set outcome = 'released', ended_at = $at where id = $id and outcome is null", {
      id,
      at
    }) > 0
  )
}
