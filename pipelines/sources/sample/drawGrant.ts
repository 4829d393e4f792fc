import { daySeconds } from "./calendar.ts"
import { grantProfiles } from "./grantProfiles.ts"
import { historyEnd } from "./Sampler.ts"
import type { Sampler } from "./Sampler.ts"
import { weighted } from "./weighted.ts"

const profile = weighted(grantProfiles.map((p) => p.weight))

/** Draws what one subject allowed according to the CRM's flags; one in twenty was never asked and gets no row. */
export function drawGrant(s: Sampler, account: number): void {
  const { draws } = s
  if (draws.chance(0.05)) return
  const chosen = profile(draws)
  const expired = draws.chance(0.03)
  const at = draws.below(Math.floor(historyEnd * 0.6))
  s.tables.grants.add(
    s.next.grants++,
    account,
    chosen,
    at,
    expired ? at + draws.below(historyEnd - at - daySeconds) : historyEnd + draws.between(90, 900) * daySeconds
  )
}
