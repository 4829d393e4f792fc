import type { Db } from "#core/records/Records.ts"

/**
 * Takes a subject's own cap and what was counted against it out of the records, when the subject is erased: no rows of it
 * are left that a release could read, and what the ledger has charged to all stays.
 */
export function forgetSubject(db: Db, subject: string): void {
  db.run("delete from personal_cap where subject = $subject", { subject })
  db.run("delete from personal_spend where subject = $subject", { subject })
}
