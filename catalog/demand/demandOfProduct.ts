import type { Db } from "#core/records/Records.ts"
import { readBudget } from "#privacy/budget/readBudget.ts"
import { readLedger } from "#privacy/budget/readLedger.ts"
import { demandOn } from "#pricing/demand/demandOn.ts"
import type { DemandHistory } from "#pricing/demand/demandOn.ts"
import { supplyFactor } from "#pricing/demand/supplyFactor.ts"
import type { Evidence } from "#pricing/evidence/Evidence.ts"

/**
 * The demand factor of a product on a day, from the votes and the ledger alone: any past day gives what it gave then.
 *
 * @param day  ISO day or instant
 */
export function demandOfProduct(db: Db, product: string, day: string): Evidence {
  const { since } = db.get<{ since: string }>("select since from product where name = $product", { product })!
  return demandOn({ product, votes: votesOf(db, product), supply: supplyOf(db, day), since }, day.slice(0, 10))
}

/** A vote counts from the order, or from the day its buyer was verified if that was later. */
function votesOf(db: Db, product: string): DemandHistory["votes"] {
  return db
    .all<{ buyer: string; fit: string; at: string }>(
      `select v.buyer, v.fit, max(v.at, b.verified_at) as at from demand_vote v join verified_buyer b on b.buyer = v.buyer
       where v.product = $product order by v.at`,
      { product }
    )
    .map(({ buyer, fit, at }) => ({ buyer, fit: JSON.parse(fit) as Evidence, at }))
}

/** The steps of scarcity, each from the day after the charge that led to it, so that no price moves within a day. */
function supplyOf(db: Db, day: string): DemandHistory["supply"] {
  const cap = Number(readBudget(db, "home", day).capUnits)
  const steps: Array<DemandHistory["supply"][number]> = []
  let left = cap
  for (const { rhoUnits, reservedAt } of readLedger(db)) {
    left -= rhoUnits
    const day = new Date(Date.parse(reservedAt.slice(0, 10)) + 86_400_000).toISOString().slice(0, 10)
    const factor = supplyFactor(cap === 0 ? 0 : Math.max(0, left) / cap, day)
    if (factor.value !== (steps.at(-1)?.factor.value ?? 1)) steps.push({ day, factor })
  }
  return steps
}

/** Keeps what a buyer's newest scenario says of the version they ordered: later declarations do not change an earlier vote. */
export function recordVote(db: Db, order: string): void {
  db.run(
    `insert into demand_vote (order_id, product, buyer, fit, at)
     select o.id, v.product, o.buyer, json_extract(f.document, '$.fit'), o.ordered_at
     from buyer_order o join product_version v on v.id = o.version_id
       join scenario s on s.buyer = o.buyer join scenario_fit f on f.scenario = s.name and f.version_id = v.id
     where o.id = $order order by s.declared_at desc, s.name limit 1
     on conflict do nothing`,
    { order }
  )
}
