import type { AggregatePlan } from "./AggregatePlan.ts"

/** What the ledger takes for a release itself: the whole of its rho less a census that it has paid already. */
export function chargeOf(plan: AggregatePlan): { readonly rhoUnits: bigint; readonly delta: number } {
  const { chargeUnits, censusUnits, selection } = plan.noise
  return { rhoUnits: chargeUnits - censusUnits, delta: selection?.delta ?? 0 }
}
