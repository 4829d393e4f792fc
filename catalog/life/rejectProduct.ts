import type { Db } from "#core/records/Records.ts"
import { BadInput } from "#core/BadInput.ts"
import { assessVersion } from "./assessVersion.ts"
import { checkPerson, checkReason } from "./checkPerson.ts"
import type { Decision, Sitting } from "./Lifecycle.ts"
import { lifeStateOf } from "./lifeStateOf.ts"
import { readLife } from "./readLife.ts"
import { takeMove } from "./takeMove.ts"
import { waitingVersion } from "./waitingVersion.ts"

/** Sends a product back to its owner, or drops what was asked for; the approvals that were given for it no longer count. */
export function rejectProduct({ db, log, version, facts, at }: Sitting, { product, by, reason = "" }: Decision): void {
  checkPerson(by)
  checkReason(reason)
  if (reason.trim() === "") throw noReason()
  const state = lifeStateOf(db, product)
  const waiting = waitingVersion(db, product)
  const { requestedBy } = readLife(db, product)
  const assessment = version === undefined ? undefined : assessVersion(db, version, facts, at)
  if (state === "suspended")
    db.run("update product_life set requested_by = null, requested_at = null where product = $product", { product })
  else if (state === "listed" && waiting !== undefined)
    db.run("update version_hold set requested_by = null, requested_at = null where version_id = $id", {
      id: waiting.versionId
    })
  else {
    takeMove(db, log, {
      product,
      move: "reject",
      by,
      requestedBy,
      reason,
      version,
      assessment,
      endsOn: null,
      successor: null,
      at
    })
    withdrawApprovals(db, product, at)
  }
}

const withdrawApprovals = (db: Db, product: string, at: string): number =>
  db.run(
    "update index_evidence set withdrawn_at = $at where product = $product and item = 'approvals' and withdrawn_at is null",
    { product, at }
  )

const noReason = (): BadInput =>
  new BadInput({
    code: "life.reason",
    message: "A rejection says why.",
    fix: "Write --reason with a line of what is to be mended.",
    where: { field: "reason" }
  })
