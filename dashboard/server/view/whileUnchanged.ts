import { Effect } from "effect"

const mostKept = 64
const kept = new WeakMap<object, Map<string, { readonly version: string; readonly value: unknown }>>()

/**
 * What was reckoned from one version of some data, for as long as that version stands.
 *
 * @param owner   whose data it is, such as the engine of a home; what is kept goes with it
 * @param key     names what is reckoned
 * @param version of all that it follows from
 */
export const whileUnchanged = Effect.fnUntraced(function* <A, E, R>(
  owner: object,
  key: string,
  version: string,
  reckoned: Effect.Effect<A, E, R>
) {
  const own = kept.get(owner) ?? new Map<string, { readonly version: string; readonly value: unknown }>()
  kept.set(owner, own)
  const known = own.get(key)
  if (known?.version === version) return known.value as A
  const value = yield* reckoned
  own.delete(key)
  own.set(key, { version, value })
  if (own.size > mostKept) own.delete(own.keys().next().value!)
  return value
})
