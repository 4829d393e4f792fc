import type { Db } from "#core/records/Records.ts"
import type { LedgerEntry } from "./LedgerEntry.ts"

/** Which rows of the ledger; what is left out matches all. */
export interface LedgerFilter {
  readonly releaseId?: string
  readonly planHash?: string
  readonly period?: string
  readonly kind?: LedgerEntry["kind"]
  readonly openOnly?: boolean
}

/** Rows of the ledger with their state, oldest first. */
export function readLedger(db: Db, filter: LedgerFilter = {}): ReadonlyArray<LedgerEntry> {
  return db.all<LedgerEntry>(
    `select e.release_id as releaseId, population, kind, period, epoch, purpose, buyer, product, plan_hash as planHash,
       month, rho_units as rhoUnits, delta_units as deltaUnits, reserved_at as reservedAt, c.committed_at as committedAt
     from budget_entry e left join budget_commit c on c.release_id = e.release_id
     where ($releaseId is null or e.release_id = $releaseId)
       and ($planHash is null or plan_hash = $planHash)
       and ($period is null or period = $period)
       and ($kind is null or kind = $kind)
       and ($openOnly = 0 or c.committed_at is null)
     order by e.rowid`,
    {
      releaseId: filter.releaseId ?? null,
      planHash: filter.planHash ?? null,
      period: filter.period ?? null,
      kind: filter.kind ?? null,
      openOnly: filter.openOnly === true ? 1 : 0
    }
  )
}
