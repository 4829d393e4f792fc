import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { zcdpEpsilon } from "#privacy/dp/accounting/zcdpEpsilon.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import { describeRelease } from "#privacy/dp/certificate/describeRelease.ts"
import { monthSql } from "#privacy/dp/month/monthSql.ts"
import { ordersByState, ordersFacts } from "../aggregate/orders.ts"

const monthly: ReleaseSpec = { ...ordersByState, unit: "subject_month", time: "ordered_at" }

layer(Warehouse.memory)("a subject's month as the unit", (it) => {
  it.effect("says so in the certificate, with what a subject of several months has lost", () =>
    Effect.gen(function* () {
      const plan = yield* planAggregate(monthly, ordersFacts)
      const whole = yield* planAggregate(ordersByState, ordersFacts)
      assert.notStrictEqual(plan.hash, whole.hash)
      const { unit, statements } = describeRelease(plan, {
        releaseId: "rel_x",
        product: "p",
        period: "2026-10",
        issuedAt: "2026-11-22T00:00:00.000Z",
        lineage: []
      })
      assert.deepStrictEqual([unit.subject, unit.time], ["subject_month", "ordered_at"])
      const year = unit.over!.find(({ months }) => months === 12)!
      const rho = 12 * rhoUnits.toRho(plan.noise.chargeUnits)
      assert.closeTo(year.rho, rho, 1e-12)
      assert.closeTo(year.epsilon, zcdpEpsilon(rho, 5e-7), 1e-12)
      assert.closeTo(year.delta, 5e-7 + 12 * 5e-7, 1e-12)
      assert.isTrue(statements.some((one) => /Each closed month is released once/.test(one)))
    })
  )

  it.effect("is refused where the data of one month could appear in two releases, and says which field mends it", () =>
    Effect.gen(function* () {
      const { time: _, ...untimed } = monthly
      const { population: __, ...uncounted } = monthly
      const refused: ReadonlyArray<readonly [ReleaseSpec, typeof ordersFacts, string]> = [
        [untimed, ordersFacts, "release.time"],
        [{ ...monthly, time: "state" }, ordersFacts, "release.time"],
        [{ ...monthly, time: "nothing" }, ordersFacts, "release.time"],
        [monthly, { ...ordersFacts, asset: "feature.journeys" }, "release.unit"],
        [monthly, { ...ordersFacts, statement: "a hash" }, "release.unit"],
        [uncounted, ordersFacts, "release.population.subjects"],
        [{ ...monthly, unit: "state" }, ordersFacts, "release.unit"]
      ]
      for (const [spec, facts, field] of refused) {
        const error = yield* Effect.flip(planAggregate(spec, facts))
        assert.deepStrictEqual([error._tag, error.code, error.where?.field], ["Refused", "release.unit", field])
      }
    })
  )

  it.effect("holds each row in one month or none: first and last instants, null and both infinities", () =>
    Effect.gen(function* () {
      const { query } = yield* Warehouse
      const rows = yield* query<{ a: boolean; b: boolean; c: boolean }>(
        `select ${monthSql("t", "2026-01")} as a, ${monthSql("t", "2026-02")} as b, ${monthSql("t", "2025-12")} as c
         from (values (timestamp '2026-01-01'), (timestamp '2026-01-31 23:59:59.999999'), (timestamp '2026-02-01'),
           (timestamp '2025-12-31 23:59:59'), (null), ('infinity'), ('-infinity'), ('290000-01-01')) v(t)`
      )
      const months = rows.map(({ a, b, c }) => [a, b, c].filter(Boolean).length)
      assert.deepStrictEqual(months, [1, 1, 1, 1, 0, 0, 0, 0])
    })
  )
})
