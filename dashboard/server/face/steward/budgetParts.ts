import { DateTime, Effect, Result } from "effect"
import { Budget } from "#privacy/budget/Budget.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { zcdpEpsilon } from "#privacy/dp/accounting/zcdpEpsilon.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { planRelease } from "#pipelines/release/planRelease.ts"
import { protectedAsset } from "#pipelines/release/protectedAsset.ts"
import { Products } from "#pipelines/release/Products.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { BudgetParts } from "../../../api/steward/BudgetParts.ts"
import { budgetOf } from "../../view/budgetOf.ts"

/** The delta at which caps are written as epsilon. */
const conversion = 1e-9

/** The budget by what used it, and what the product files would use next. */
export const budgetParts = Effect.fn("budgetParts")(function* () {
  const budget = yield* Budget
  const engine = yield* Engine
  const today = DateTime.formatIso(yield* DateTime.now).slice(0, 10)
  const state = yield* budget.spent
  const drafts = yield* Effect.forEach(yield* (yield* Products).definitions, (definition) =>
    Effect.gen(function* () {
      const columns = yield* engine.columns(protectedAsset(definition))
      const found = yield* Effect.result(planRelease(definition, columns, today))
      if (Result.isSuccess(found)) {
        const { plan, period, stored, cap } = found.success
        const asks = stored ? 0 : rhoUnits.toRho(plan.noise.chargeUnits)
        const runsOut = cap.runsOut ?? null
        return { product: definition.product, period: period.id, stored, asks, runsOut, refusal: null }
      }
      const error = found.failure
      if (error._tag !== "Refused" && error._tag !== "BadInput") return yield* Effect.fail(error)
      const refusal = { code: error.code, message: error.message, fix: error.fix, field: error.where?.field ?? "" }
      return { product: definition.product, period: null, stored: false, asks: null, runsOut: null, refusal }
    })
  )
  return {
    population: state.population,
    budget: budgetOf(state, yield* budget.ledger, yield* (yield* Catalog).list, today),
    products: state.products.map(({ product, releases, spent }) => ({ name: product, releases, spent })),
    buyers: state.buyers.map(({ buyer, releases, spent }) => ({ name: buyer, releases, spent })),
    subCaps: state.subCaps.map((one) => ({ ...one })),
    held: state.held,
    raises: (yield* budget.raises).map(({ id, scope, name, rhoUnits: units, askedBy, askedAt }) => {
      const rho = rhoUnits.toRho(units)
      const from = state.subCaps.find((one) => one.scope === scope && one.name === name)?.cap ?? null
      return {
        id,
        scope,
        name,
        from,
        to: { rho, epsilon: rho === 0 ? 0 : zcdpEpsilon(rho, conversion) },
        askedBy,
        askedAt
      }
    }),
    drafts
  } satisfies BudgetParts as BudgetParts
})
