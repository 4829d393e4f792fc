import type { Direct, Indirect, Influence } from "./Influence.ts"

const strength: Readonly<Record<Direct, number>> = { IDENTITY: 0, TRANSFORMATION: 1, AGGREGATION: 2 }

/** Everything that any of the parts is made from; of two ways to go in, the one that changes more stands. */
export function mergeInfluence(parts: ReadonlyArray<Influence>): Influence {
  const only = parts[0]
  if (parts.length === 1 && only !== undefined) return only
  const direct = new Map<string, Direct>()
  for (const part of parts) {
    for (const [source, how] of part.direct) {
      const known = direct.get(source)
      if (known === undefined || strength[known] < strength[how]) direct.set(source, how)
    }
  }
  return { direct, indirect: mergeIndirect(parts.map((part) => part.indirect)) }
}

export function mergeIndirect(parts: ReadonlyArray<Influence["indirect"]>): Influence["indirect"] {
  const merged = new Map<string, ReadonlySet<Indirect>>()
  for (const part of parts) {
    for (const [source, ways] of part) merged.set(source, new Set([...(merged.get(source) ?? []), ...ways]))
  }
  return merged
}

/** The same sources, at least this much changed on their way. */
export function changed(influence: Influence, how: Direct): Influence {
  const direct = new Map<string, Direct>()
  for (const [source, before] of influence.direct) {
    direct.set(source, strength[before] < strength[how] ? how : before)
  }
  return { direct, indirect: influence.indirect }
}

/** All sources of what only decides, as this kind of decision. */
export function deciding(influence: Influence, how: Indirect): Influence["indirect"] {
  return new Map(
    [...influence.direct.keys(), ...influence.indirect.keys()].map((source) => [source, new Set([how])] as const)
  )
}
