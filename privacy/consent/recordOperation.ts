import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { Db } from "#core/records/Records.ts"
import type { OperationRecord } from "./Permit.ts"

/** Keeps the exact counts of an operation for stewards; that it happened is logged with its presence set. */
export function recordOperation(db: Db, record: OperationRecord, at: number): void {
  const { permit, asset, run, rowsIn, rowsOut, denied, planDigest } = record
  const { id, operation, epoch, bitmapDigest } = permit
  const { actions, purpose, recipient, categories, evidence, asOf } = operation
  db.run(
    `insert into consent_operation (id, action, purpose, recipient, categories, evidence, as_of, epoch, asset, run,
       rows_in, rows_out, denied, bitmap_digest, plan_digest, at)
     values ($id, $action, $purpose, $recipient, $categories, $evidence, $asOf, $epoch, $asset, $run,
       $rowsIn, $rowsOut, $denied, $bitmapDigest, $planDigest, $at)`,
    {
      id,
      action: actions.join("+"),
      purpose,
      recipient,
      categories: categories.join(" "),
      evidence,
      asOf,
      epoch,
      asset,
      run,
      rowsIn,
      rowsOut,
      denied: canonicalJson(denied),
      bitmapDigest,
      planDigest,
      at
    }
  )
}
