import { BadInput } from "#core/BadInput.ts"
import type { Evidence } from "../evidence/Evidence.ts"
import { publicNumber } from "../evidence/publicNumber.ts"
import type { QuoteInputs } from "../quote/QuoteInputs.ts"

/** What a steward may try: amounts in minor units, times in days. */
export interface PriceChange {
  readonly base?: number
  readonly floor?: number
  readonly halfLife?: number
  readonly grace?: number
  readonly archival?: number
  readonly beta?: number
  readonly r0?: number
  readonly demand?: number
  readonly rho?: number
}

const ranges: Readonly<Record<keyof PriceChange, readonly [number, number]>> = {
  base: [1, 2 ** 52],
  floor: [1, 2 ** 52],
  halfLife: [0.01, 36_525],
  grace: [0, 36_525],
  archival: [0, 1],
  beta: [0.01, 1],
  r0: [1e-6, 1e6],
  demand: [0.7, 1.3],
  rho: [1e-9, 100]
}

/**
 * The inputs of a price with some of them changed, each marked as a steward's supposition, so that no what-if can pass for a quote.
 *
 * @param when  ISO instant
 * @throws      BadInput naming a change outside of its published range
 */
export function whatIf(inputs: QuoteInputs, change: PriceChange, when: string): QuoteInputs {
  const supposed = (name: keyof PriceChange, before: Evidence): Evidence => {
    const value = change[name]
    if (value === undefined) return before
    const [least, most] = ranges[name]
    if (!(value >= least && value <= most)) {
      throw new BadInput({
        code: "whatif.range",
        message: `The ${name} of a what-if is outside of ${least} to ${most}.`,
        fix: "Choose a value within the published limits.",
        where: { field: name }
      })
    }
    return publicNumber(value, before.unit, `what-if#${name}`, when)
  }
  const { policy, artefact, demand } = inputs
  return {
    ...inputs,
    demand: supposed("demand", demand),
    policy: {
      base: supposed("base", policy.base),
      floor: supposed("floor", policy.floor),
      halfLife: supposed("halfLife", policy.halfLife),
      grace: supposed("grace", policy.grace),
      archival: supposed("archival", policy.archival),
      beta: supposed("beta", policy.beta),
      r0: supposed("r0", policy.r0)
    },
    artefact: { ...artefact, rho: supposed("rho", artefact.rho) }
  }
}
