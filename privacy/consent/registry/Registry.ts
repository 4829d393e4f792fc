import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { actions } from "../Operation.ts"
import { categories } from "./categories.ts"
import { purposes } from "./purposes.ts"

/** Every operation touches the record itself; a rule about all categories holds this bit too. */
export const recordBit = 1n << 62n
/** All terms, those of tomorrow too. */
export const everything = (1n << 63n) - 1n

/** Rises with every change of the lists; the digest of each is logged. */
export const registryVersion = 1

/** Names the contents of the registry. */
export const registryDigest = sha256Hex(canonicalJson({ version: registryVersion, actions, purposes, categories }))

/** What a word of the registry stands for. */
export interface Term {
  /** The one bit that an operation has. */
  readonly bit: bigint
  /** What a rule that names it is about: itself and everything narrower. */
  readonly covers: bigint
}

type Terms = ReadonlyArray<readonly [id: string, broader: string | null]>

/** The bit of each term, and what permitting it permits: itself and everything narrower. */
function tableOf(terms: Terms): ReadonlyMap<string, Term> {
  const table = new Map(terms.map(([id], i) => [id, { bit: 1n << BigInt(i), covers: 1n << BigInt(i) }]))
  for (const [id] of terms) {
    const broaderOf = (one: string): string | null => terms.find(([name]) => name === one)![1]
    for (let up = broaderOf(id); up !== null; up = broaderOf(up)) table.get(up)!.covers |= table.get(id)!.bit
  }
  return table
}

/** Purposes and categories by id; what is not there is unknown. */
export const purposeTerms = tableOf(purposes)
export const categoryTerms = tableOf(categories)

export const actionMask = (names: ReadonlyArray<string>): bigint =>
  names.reduce((mask, name) => mask | (1n << BigInt(actions.findIndex((one) => one === name))), 0n)
