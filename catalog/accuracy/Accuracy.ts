import { Context, DateTime, Effect, Layer } from "effect"
import { Records } from "#core/records/Records.ts"
import type { RecordsError } from "#core/records/Records.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"

/** An order for more accuracy than its version has. */
export interface AccuracyOrder {
  readonly order: string
  readonly buyer: string
  readonly product: string
  readonly version: string
  readonly offer: string
  /** How many times the rho of the version. */
  readonly accuracy: number
  readonly epsilon: number
  readonly rho: number
  /** `reserved` until it is paid, `paid` until its release is made; `released` when it lapsed, was cancelled or refunded before. */
  readonly state: "reserved" | "paid" | "made" | "released"
  /** While reserved: until when. */
  readonly until: string | null
  readonly release: string | null
}

/** The orders whose releases are made for them, and how far they are. */
export class Accuracy extends Context.Service<
  Accuracy,
  {
    /** Of one buyer, or of all, newest first. */
    list(buyer?: string): Effect.Effect<ReadonlyArray<AccuracyOrder>, RecordsError>
  }
>()("catalog/Accuracy") {
  static readonly layer: Layer.Layer<Accuracy, never, Records> = Layer.effect(
    Accuracy,
    Effect.map(Records, (records) =>
      Accuracy.of({
        list: Effect.fn("Accuracy.list")(function* (buyer?: string) {
          const now = DateTime.formatIso(yield* DateTime.now)
          return yield* records.read((db) =>
            db
              .all<Row & object>(
                `select a.order_id as "order", o.buyer, v.product, v.version, a.offer, a.accuracy, a.epsilon,
                   a.rho_units as rhoUnits, r.release, h.until, h.outcome, o.paid_at as paidAt
                 from accuracy_order a join buyer_order o on o.id = a.order_id
                   join product_version v on v.id = a.version_id
                   left join budget_hold h on h.id = a.order_id
                   left join accuracy_release r on r.version_id = a.version_id and r.offer = a.offer
                 where o.buyer = coalesce($buyer, o.buyer) order by o.ordered_at desc, o.id`,
                { buyer: buyer ?? null }
              )
              .map((row) => fromRow(row, now))
          )
        })
      })
    )
  )
}

interface Row extends Omit<AccuracyOrder, "state" | "rho"> {
  readonly rhoUnits: number
  readonly outcome: "charged" | "released" | null
  readonly paidAt: string | null
}

function fromRow({ rhoUnits: units, outcome, paidAt, ...row }: Row, now: string): AccuracyOrder {
  const lapsed = outcome === "released" || (row.until !== null && row.until <= now)
  const state = row.release !== null ? "made" : lapsed ? "released" : paidAt !== null ? "paid" : "reserved"
  return { ...row, rho: rhoUnits.toRho(BigInt(units)), state, until: state === "reserved" ? row.until : null }
}
