import type { Db } from "#core/records/Records.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import type { IndexEvidence } from "#pricing/index/IndexEvidence.ts"
import { attacksUnder } from "./attacksUnder.ts"

interface EvidenceRow {
  readonly id: string
  readonly item: string
  readonly value: number
  readonly note: string
  readonly signer: string
  readonly is_demo: number
  readonly at: string
  readonly expires_at: string
}

const approvalsNeeded = 2

/** What people have put on record for a product and not taken back. */
export function recordedEvidence(db: Db, product: string, leftShare: number, at: string): ReadonlyArray<IndexEvidence> {
  const rows = db.all<EvidenceRow>(
    "select * from index_evidence where product = $product and withdrawn_at is null order by at, id",
    { product }
  )
  const piece = (row: EvidenceRow, item: string, value: number): IndexEvidence => ({
    item,
    value: publicNumber(value, "share", `evidence:${row.id}`, row.at),
    when: row.at,
    expiresAt: row.expires_at,
    note: row.is_demo === 1 ? `Sample evidence. ${row.note}` : row.note,
    signer: row.signer,
    ...(row.is_demo === 1 ? { isDemo: true } : {})
  })
  const others = rows.filter(({ item }) => item !== "approvals")
  return [
    ...others.flatMap((row) => [
      piece(row, row.item, row.value),
      ...(row.item === "attack_results" ? [piece(row, "G8", row.value >= attacksUnder && leftShare > 0 ? 1 : 0)] : [])
    ]),
    ...approvals(
      rows.filter(({ item, value, expires_at }) => item === "approvals" && value === 1 && expires_at > at)
    ).map(({ row, share }) => piece(row, "approvals", share))
  ]
}

/** Approvals by different people count together, for as long as both of the two that last longest hold. */
function approvals(rows: ReadonlyArray<EvidenceRow>): ReadonlyArray<{ row: EvidenceRow; share: number }> {
  const latest = new Map<string, EvidenceRow>()
  for (const row of rows) latest.set(row.signer, row)
  const lasting = [...latest.values()].sort((a, b) => (a.expires_at < b.expires_at ? 1 : -1)).slice(0, approvalsNeeded)
  const first = lasting.at(-1)
  return first === undefined ? [] : [{ row: first, share: lasting.length / approvalsNeeded }]
}
