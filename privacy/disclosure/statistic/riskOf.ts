import { hypergeometricTail } from "./hypergeometricTail.ts"
import type { Trial } from "./Trial.ts"
import { wilsonInterval } from "./wilsonInterval.ts"

/** What an attack gains on people whose data were used over people whose data were not. */
export interface Risk {
  /** (attack - control) / (1 - control); 0 where the control does as well */
  readonly risk: number
  /** 95 % interval of the risk */
  readonly low: number
  readonly high: number
  /** chance of so much success on members, or more, if membership did not matter */
  readonly p: number
}

const Z = 1.959963984540054

/**
 * The risk of an attack from its success on members and on controls, with Newcombe's interval for the difference of two rates.
 *
 * @source Giomi et al. 2022 (arXiv 2211.10459) for the ratio; Newcombe 1998, method 10
 */
export function riskOf(members: Trial, controls: Trial): Risk {
  if (members.n === 0 || controls.n === 0) return { risk: 0, low: 0, high: 1, p: 1 }
  const [a, c] = [members.hits / members.n, controls.hits / controls.n]
  const [aLow, aHigh] = wilsonInterval(members.hits, members.n, Z)
  const [cLow, cHigh] = wilsonInterval(controls.hits, controls.n, Z)
  const difference = a - c
  const low = difference - Math.hypot(a - aLow, cHigh - c)
  const high = difference + Math.hypot(aHigh - a, c - cLow)
  const scale = (gain: number): number => (c >= 1 ? 0 : Math.min(1, Math.max(0, gain / (1 - c))))
  return {
    risk: scale(difference),
    low: scale(low),
    high: scale(high),
    p: hypergeometricTail([members.hits, controls.hits], [members.n, controls.n])
  }
}
