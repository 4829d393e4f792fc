import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Records } from "#core/records/Records.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { deltaUnits } from "#privacy/budget/deltaUnits.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import type { ChargeDetail } from "../../../api/steward/ChargeDetail.ts"

/** One row of the ledger with what was published under it. */
export const chargeDetail = Effect.fn("chargeDetail")(function* (id: string) {
  const budget = yield* Budget
  const entry = (yield* budget.ledger).find(({ releaseId }) => releaseId === id)
  if (entry === undefined) {
    return yield* new BadInput({
      code: "charge.unknown",
      message: "There is no such charge.",
      fix: "Choose one in the list of charges."
    })
  }
  const { cap } = yield* budget.spent
  const answer = yield* (yield* Records).read((db) => ({
    certificate: db.get<{ text: string }>("select certificate as text from answer where release_id = $id", { id }),
    version: db.get<{ version: string }>("select version from product_version where release = $id", { id })
  }))
  const rho = rhoUnits.toRho(BigInt(entry.rhoUnits))
  return {
    id,
    kind: entry.kind,
    product: entry.product === "" ? null : entry.product,
    version: answer.version?.version ?? null,
    buyer: entry.buyer,
    purpose: entry.purpose,
    period: entry.period,
    month: entry.month,
    rho,
    delta: deltaUnits.toDelta(entry.deltaUnits),
    share: rho / cap.rho,
    plan: entry.planHash,
    epoch: entry.epoch,
    reservedAt: entry.reservedAt,
    committedAt: entry.committedAt,
    certificate: answer.certificate === undefined ? null : (JSON.parse(answer.certificate.text) as unknown)
  } satisfies ChargeDetail as ChargeDetail
})
