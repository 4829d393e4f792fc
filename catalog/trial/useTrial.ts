import type { Db } from "#core/records/Records.ts"
import { formatMoney } from "#core/money/formatMoney.ts"
import { Refused } from "#core/Refused.ts"
import { readTrial, spendOf } from "./readTrial.ts"
import type { Trial } from "./Trial.ts"

/** Stops what a trial that has come to one of its bounds would still give. @throws Refused, with the way out */
export function requireOpen(trial: Trial): Trial {
  if (trial.state === "open") return trial
  throw over(trial)
}

/**
 * Counts one call of a trial in the transaction that meters it, or says why it is one too many; then nothing is counted.
 *
 * @param outputs  what the call gives, in the unit of the tariff
 * @param now      ISO instant
 */
export function useTrial(db: Db, id: string, outputs: number, now: string): Refused | undefined {
  const trial = readTrial(db, id, now)
  if (trial.state !== "open") return over(trial)
  const period = now.slice(0, 7)
  const count = (calls: number, more: number): void =>
    void db.run(
      `insert into trial_use values ($id, $period, $calls, $more)
       on conflict do update set calls = calls + excluded.calls, outputs = outputs + excluded.outputs`,
      { id, period, calls, more }
    )
  count(1, outputs)
  if (spendOf(db, id, trial.product) <= trial.spend.cap.minor) return undefined
  count(-1, -outputs)
  return over({ ...trial, state: "exhausted" })
}

const wayOut = (id: string): string =>
  `Go on by buying it: assay trial convert ${id}, then pay the order that this places.`

function over({ id, product, state, calls, spend, endsAt, order }: Trial): Refused {
  const why = {
    open: "",
    converted: `The trial of ${product} was converted; the order ${order ?? ""} entitles you now.`,
    ended: `The trial of ${product} was ended by the seller.`,
    expired: `The trial of ${product} ended on ${endsAt.slice(0, 10)}.`,
    exhausted: `The trial of ${product} is exhausted: ${calls.used} of ${calls.cap} calls and ${formatMoney(spend.used)} of ${formatMoney(spend.cap)} are used, and this call would pass one of them.`
  }[state]
  return new Refused({
    code: `trial.${state}`,
    message: why,
    fix: state === "converted" ? "Use a key of that order: assay key add ORDER." : wayOut(id),
    where: { field: "trial" }
  })
}
