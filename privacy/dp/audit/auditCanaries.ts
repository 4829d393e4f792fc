import { Effect } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import type { BitSource } from "#core/random/BitSource.ts"
import type { Refused } from "#core/Refused.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { AggregatePlan, AggregateShape } from "../aggregate/AggregatePlan.ts"
import { planAggregate } from "../aggregate/planAggregate.ts"
import { runAggregate } from "../aggregate/runAggregate.ts"
import type { Noise } from "../Noise.ts"
import { canaryBound } from "./canaryBound.ts"

const CANARIES = 1000
/** How many of them are guessed, fixed before anything is seen: the surest guesses refute most. */
const GUESSES = 250

export interface CanaryAudit {
  readonly planted: number
  readonly guessed: number
  readonly correct: number
  /** eps that the guesses refute with 95 % confidence */
  readonly lowerBound: number
  readonly declared: number
}

/**
 * One run with a thousand canaries: each is in the generated table by a fair coin, in a group of its own, with more rows
 * than it may have. Those with the largest released figures are guessed to be there, those with the smallest not to be.
 * The refuted eps must stay below the declared.
 * @param bits   seeded coins
 * @param fault  what is wrong with the release, for a test that the audit sees it: declared is what it was before
 * @source       Steinke, Nasr, Jagielski 2023 (arXiv 2305.08846), with abstentions
 */
export const auditCanaries = Effect.fn("auditCanaries")(function* (
  { epsilon, delta, measures }: Pick<AggregateShape, "epsilon" | "delta" | "measures">,
  bits: BitSource,
  fault: (plan: AggregatePlan) => AggregatePlan = (plan) => plan
): Effect.fn.Return<CanaryAudit, BadInput | Refused | WarehouseError, Warehouse | Noise> {
  const { script } = yield* Warehouse
  const rows = measures.find(({ kind }) => kind === "rows")?.linf ?? 1
  const facts = {
    asset: "audit.canary",
    columns: [
      { name: "subject_id", type: "VARCHAR" },
      { name: "cage", type: "VARCHAR" }
    ]
  }
  const names = Array.from({ length: CANARIES }, (_, i) => `c${String(i).padStart(4, "0")}`)
  const plan = yield* planAggregate(
    {
      kind: "dp_aggregate",
      unit: "subject_id",
      by: ["cage"],
      keys: { cage: names },
      measures: [{ name: "rows", count: "rows" }],
      bounds: { groups_per_subject: 1, rows_per_group: rows },
      // Only so that the plan is not found useless: a thousand groups of one subject are.
      population: { subjects: Math.min(1e9, Math.floor(1 / delta)) },
      epsilon: Math.max(epsilon, 0.1),
      delta
    },
    facts
  )
  const present = names.map(() => (bits.u32() & 1) === 1)
  const there = names.filter((_, i) => present[i]!).map((name) => `('${name}')`)
  yield* script(
    `create or replace view core.canary as
     select cage as subject_id, cage from (values ${there.join(", ")}) t(cage), range(${Math.min(16 * rows, 1000)})`
  )
  const table = yield* runAggregate(fault(plan), ["core", "canary"])
  const figures = table.columns.find(({ name }) => name === "rows")!.values.map(Number)
  const byFigure = names.map((_, i) => i).sort((a, b) => figures[a]! - figures[b]!)
  const [out, inside] = [byFigure.slice(0, GUESSES / 2), byFigure.slice(-GUESSES / 2)]
  const correct = out.filter((i) => !present[i]!).length + inside.filter((i) => present[i]!).length
  return {
    planted: CANARIES,
    guessed: GUESSES,
    correct,
    // Canaries that are not guessed weigh on delta all the same.
    lowerBound: canaryBound(correct, GUESSES, (delta * CANARIES) / GUESSES),
    declared: plan.shape.epsilon
  }
})
