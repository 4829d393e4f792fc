import { Effect, Layer } from "effect"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import type { BitSource } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { Records } from "#core/records/Records.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import type { Charge } from "#privacy/budget/Charge.ts"
import { budgetMigrations } from "#privacy/budget/migrations.ts"

/** A budget over a file of records, as one process of several would open it; over memory without a file. */
export const ledgerHouse = (file?: string) => {
  const migrations = [...logMigrations, ...budgetMigrations]
  const records = file === undefined ? Records.memory(migrations) : Records.layer(file, migrations)
  return Budget.layer.pipe(Layer.provideMerge(Log.memory), Layer.provideMerge(Layer.orDie(records)))
}

/**
 * A charge that depends on what is left: mostly a part of it, sometimes one unit too much, for one of a few buyers, products,
 * periods and months.
 */
export const adaptiveCharge = Effect.fnUntraced(function* (bits: BitSource, name: string) {
  const budget = yield* Budget
  const { leftUnits } = yield* budget.spent
  const share = 1n + BigInt(uniformInt(bits, 40))
  const month = uniformInt(bits, 3)
  return {
    kind: uniformInt(bits, 8) === 0 ? "census" : "release",
    period: `2026-1${uniformInt(bits, 3)}`,
    planHash: name,
    purpose: "dpv:MarketResearch",
    buyer: ["public", "buy_1", "buy_2"][uniformInt(bits, 3)]!,
    product: ["orders", "stages", "regions", "callers"][uniformInt(bits, 4)]!,
    rhoUnits: leftUnits / share + BigInt(uniformInt(bits, 2)) + 1n,
    delta: uniformInt(bits, 3) === 0 ? 0 : uniformInt(bits, 100) * 1e-8,
    ...(month === 0 ? {} : { month: `2026-0${month}` })
  } satisfies Charge
})
