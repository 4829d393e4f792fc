import type { Trial } from "../statistic/Trial.ts"
import { fingerprints } from "./fingerprints.ts"
import type { Sides } from "./Sides.ts"

/**
 * How many people's rows stand in the release as they are. Only rows that no other member or control shares count: common ones
 * are met by chance.
 */
export function findCopies({ members, controls, released }: Sides): {
  readonly members: Trial
  readonly controls: Trial
} {
  const made = new Set(fingerprints(released))
  const [own, other] = [fingerprints(members), fingerprints(controls)]
  const times = new Map<number, number>()
  for (const list of [own, other]) for (const print of list) times.set(print, (times.get(print) ?? 0) + 1)
  const count = (list: Float64Array): Trial => {
    let [hits, n] = [0, 0]
    for (const print of list) {
      if (times.get(print) !== 1) continue
      n += 1
      if (made.has(print)) hits += 1
    }
    return { hits, n }
  }
  return { members: count(own), controls: count(other) }
}
