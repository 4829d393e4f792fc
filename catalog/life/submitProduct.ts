import { Refused } from "#core/Refused.ts"
import { recordTestimony } from "../index/recordTestimony.ts"
import { assessVersion } from "./assessVersion.ts"
import { checkPerson, checkReason } from "./checkPerson.ts"
import type { Decision, Sitting } from "./Lifecycle.ts"
import { lifeStateOf } from "./lifeStateOf.ts"
import { nothingAsked } from "./nothingAsked.ts"
import { keepAssessment, takeMove } from "./takeMove.ts"
import { isSamplePerson } from "./isSamplePerson.ts"
import { waitingVersion } from "./waitingVersion.ts"

/**
 * Asks for the approval of a draft, of a version that breaks the contract, or of going on after a suspension. Who asks vouches for it with their
 * name: one of the two approvals that the index counts.
 */
export function submitProduct({ db, log, version, facts, at }: Sitting, { product, by, reason = "" }: Decision): void {
  checkPerson(by)
  checkReason(reason)
  const state = lifeStateOf(db, product)
  const waiting = waitingVersion(db, product)
  if (version !== undefined && ["draft", "suspended", "listed"].includes(state))
    recordTestimony(
      db,
      log,
      {
        product,
        item: "approvals",
        value: 1,
        signer: by,
        note: `Submitted version ${version.version}${reason === "" ? "" : `: ${reason}`}`.slice(0, 500),
        days: 365,
        isDemo: isSamplePerson(by)
      },
      at
    )
  const assessment = version === undefined ? undefined : assessVersion(db, version, facts, at)
  if (state === "suspended" || (state === "listed" && waiting !== undefined)) {
    if (assessment !== undefined) keepAssessment(db, assessment)
    if (state === "suspended")
      db.run("update product_life set requested_by = $by, requested_at = $at where product = $product", {
        product,
        by,
        at
      })
    else
      db.run("update version_hold set requested_by = $by, requested_at = $at where version_id = $id", {
        id: waiting!.versionId,
        by,
        at
      })
    return
  }
  if (state === "listed") throw nothingAsked(product)
  if (state === "assessed" || state === "registered") throw waitsAlready(product)
  takeMove(db, log, {
    product,
    move: "submit",
    by,
    requestedBy: null,
    reason,
    version,
    assessment,
    endsOn: null,
    successor: null,
    at
  })
}

const waitsAlready = (product: string): Refused =>
  new Refused({
    code: "life.move",
    message: `${product} was submitted already and waits for its approval.`,
    fix: `Another person approves it: assay product approve ${product} --by NAME`,
    where: { field: "product" }
  })
