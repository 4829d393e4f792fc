import { BadInput } from "#core/BadInput.ts"
import type { Db } from "#core/records/Records.ts"
import { charge } from "#pricing/tariff/charge.ts"
import { tariffOf } from "./tariffOf.ts"
import type { Trial } from "./Trial.ts"

interface TrialRow {
  readonly id: string
  readonly buyer: string
  readonly product: string
  readonly version: string
  readonly purpose: string
  readonly startedAt: string
  readonly endsAt: string
  readonly callsCap: number
  readonly spendMinor: number
  readonly currency: string
  readonly calls: number
  readonly endedAt: string | null
  readonly order: string | null
  readonly paidAt: string | null
}

const select = `select t.id, t.buyer, t.product, v.version, t.purpose, t.started_at as startedAt, t.ends_at as endsAt,
    t.calls_cap as callsCap, t.spend_minor as spendMinor, t.currency,
    (select coalesce(sum(calls), 0) from trial_use u where u.trial = t.id) as calls,
    e.at as endedAt, c.order_id as "order", o.paid_at as paidAt
  from trial t join product_version v on v.id = t.version_id left join trial_end e on e.trial = t.id
    left join trial_order c on c.trial = t.id left join buyer_order o on o.id = c.order_id`

/**
 * @param now  ISO instant
 * @throws     BadInput if there is no such trial
 */
export function readTrial(db: Db, id: string, now: string): Trial {
  const row = db.get<TrialRow>(`${select} where t.id = $id`, { id })
  if (row !== undefined) return fromRow(db, row, now)
  throw new BadInput({
    code: "trial.unknown",
    message: `There is no trial ${id.slice(0, 60)}.`,
    fix: "assay trial list shows them.",
    where: { field: "trial" }
  })
}

/** Of one buyer, or of all, newest first. */
export const readTrials = (db: Db, buyer: string | null, now: string): ReadonlyArray<Trial> =>
  db
    .all<TrialRow>(`${select} where t.buyer = coalesce($buyer, t.buyer) order by t.started_at desc, t.id`, { buyer })
    .map((row) => fromRow(db, row, now))

/** What a trial's calls cost so far, in minor units: month by month, as they are invoiced. */
export function spendOf(db: Db, trial: string, product: string): number {
  return db
    .all<{ period: string; outputs: number }>("select period, outputs from trial_use where trial = $trial", { trial })
    .reduce((sum, { period, outputs }) => {
      const tariff = tariffOf(db, product, period)
      return tariff === undefined ? sum : sum + charge(tariff, { units: BigInt(outputs), scale: 0 }).fen
    }, 0)
}

function fromRow(db: Db, row: TrialRow, now: string): Trial {
  const { id, buyer, product, version, purpose, startedAt, endsAt, currency } = row
  const used = spendOf(db, id, product)
  const state =
    row.paidAt !== null
      ? "converted"
      : row.endedAt !== null
        ? "ended"
        : now >= endsAt
          ? "expired"
          : row.calls >= row.callsCap || used >= row.spendMinor
            ? "exhausted"
            : "open"
  return {
    id,
    buyer,
    product,
    version,
    purpose,
    startedAt,
    endsAt,
    calls: { cap: row.callsCap, used: row.calls },
    spend: { cap: { minor: row.spendMinor, currency }, used: { minor: used, currency } },
    state,
    order: row.order
  }
}
