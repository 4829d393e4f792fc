import { Clock, Context, Effect, Layer } from "effect"
import { Records } from "#core/records/Records.ts"
import type { RecordsError } from "#core/records/Records.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { Budget } from "../../budget/Budget.ts"
import type { AggregatePlan } from "../aggregate/AggregatePlan.ts"
import type { PublicInfo } from "../aggregate/PublicInfo.ts"
import { noiseHalfWidth } from "../gaussian/noiseHalfWidth.ts"
import { Noise } from "../Noise.ts"
import { planCensus } from "./planCensus.ts"

/** For whom the release is made whose loss pays for the census. */
export interface CensusOccasion {
  readonly period: string
  readonly purpose: string
  readonly buyer: string
  readonly product: string
}

interface StoredCensus {
  readonly subjects: number
  readonly planHash: string
  readonly period: string
  readonly rhoUnits: number
}

/**
 * A noisy count of an asset's distinct subjects, drawn once when nothing is publicly known about them, paid out of the
 * release it is for, and kept: later plans over the asset use it for nothing.
 */
export class Census extends Context.Service<
  Census,
  {
    /** What earlier censuses say about the asset of a plan; undefined if there is none. */
    find(plan: AggregatePlan, period: string): Effect.Effect<PublicInfo | undefined, RecordsError>
    /**
     * Charges, draws and stores a census, or returns the one that this plan has drawn in this period. Refused before
     * anything is read if the whole release would not fit the budget.
     */
    draw(
      plan: AggregatePlan,
      relation: ReadonlyArray<string>,
      occasion: CensusOccasion
    ): Effect.Effect<PublicInfo, RecordsError | WarehouseError>
  }
>()("privacy/dp/Census") {
  static readonly layer: Layer.Layer<Census, never, Records | Warehouse | Noise | Budget> = Layer.effect(
    Census,
    Effect.gen(function* () {
      const records = yield* Records
      const warehouse = yield* Warehouse
      const noise = yield* Noise
      const budget = yield* Budget

      const find = Effect.fn("Census.find")(function* (plan: AggregatePlan, period: string) {
        const stored = yield* records.read((db) =>
          db.get<StoredCensus>(
            `select subjects, plan_hash as planHash, period, rho_units as rhoUnits
             from census join budget_entry using (release_id) where asset = $asset
             order by (plan_hash = $planHash and period = $period) desc, budget_entry.rowid desc limit 1`,
            { asset: plan.shape.asset, planHash: plan.hash, period }
          )
        )
        return stored === undefined ? undefined : toInfo(stored, plan, period)
      })

      const draw = Effect.fn("Census.draw")(function* (
        plan: AggregatePlan,
        relation: ReadonlyArray<string>,
        occasion: CensusOccasion
      ) {
        const { rhoUnits, variance } = planCensus(plan)
        const entry = yield* budget.reserve({
          kind: "census",
          ...occasion,
          planHash: plan.hash,
          rhoUnits,
          delta: 0,
          roomUnits: plan.noise.chargeUnits
        })
        if (entry.committedAt === null) {
          const [exact] = yield* warehouse.query<{ n: number }>(
            `select count(distinct nullif(cast(subject_id as varchar), '')) as n from ${quoteIdentifier(...relation)}`
          )
          const [draw] = yield* noise.gaussian(variance, 1)
          const at = new Date(yield* Clock.currentTimeMillis).toISOString()
          yield* records.write((db) => {
            db.run(
              `insert into census (release_id, asset, subjects, half_width) values ($releaseId, $asset, $subjects, $halfWidth)
               on conflict do nothing`,
              {
                releaseId: entry.releaseId,
                asset: plan.shape.asset,
                subjects: exact!.n + draw!,
                halfWidth: noiseHalfWidth(Number(variance.num) / Number(variance.den), 0.95)
              }
            )
            budget.commit(db, entry.releaseId, at)
          })
        }
        return (yield* find(plan, occasion.period))!
      })
      return Census.of({ find, draw })
    })
  )
}

function toInfo(stored: StoredCensus, plan: AggregatePlan, period: string): PublicInfo {
  const ownOccasion = stored.planHash === plan.hash && stored.period === period
  const subjects = Math.max(1, stored.subjects)
  return ownOccasion
    ? { subjects, source: "census", censusUnits: BigInt(stored.rhoUnits) }
    : { subjects, source: "paid" }
}
