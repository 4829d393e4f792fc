import { newId } from "#core/ids/newId.ts"
import type { Db } from "#core/records/Records.ts"

/** Why money moved. One entry for one kind and operation: posting it again changes nothing. */
export type EntryKind = "invoice" | "payment" | "credit note" | "refund" | "share" | "correction"

/** An amount on an account: debit positive, credit negative, in minor units. */
export interface JournalLine {
  readonly account: string
  readonly minor: number
}

export interface JournalEntry {
  readonly kind: EntryKind
  /** The id of what happened: an invoice number, a payment key, an order. */
  readonly operation: string
  readonly currency: string
  /** ISO instant. */
  readonly at: string
  readonly note: string
  readonly lines: ReadonlyArray<JournalLine>
}

/**
 * Writes an entry of the double-entry journal within the caller's transaction.
 *
 * @returns  its id; the id of the first one if the same thing was posted before
 * @throws   RangeError if the lines do not sum to zero or are not whole: a bug in the caller
 */
export function postEntry(db: Db, entry: JournalEntry): string {
  const { kind, operation, currency, at, note } = entry
  const before = db.get<{ id: string }>("select id from journal_entry where kind = $kind and operation = $operation", {
    kind,
    operation
  })
  if (before !== undefined) return before.id
  const lines = entry.lines.filter(({ minor }) => minor !== 0)
  const sum = lines.reduce((total, { minor }) => total + minor, 0)
  if (sum !== 0 || lines.some(({ minor }) => !Number.isSafeInteger(minor)))
    throw new RangeError(`postEntry: ${kind} does not balance`)
  const id = newId("jrn")
  db.run(
    `insert into journal_entry (id, kind, operation, currency, at, note)
     values ($id, $kind, $operation, $currency, $at, $note)`,
    { id, kind, operation, currency, at, note }
  )
  for (const [position, { account, minor }] of lines.entries())
    db.run("insert into journal_line (entry, position, account, minor) values ($id, $position, $account, $minor)", {
      id,
      position,
      account,
      minor
    })
  return id
}
