import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { Log } from "#core/log/Log.ts"
import type { Db } from "#core/records/Records.ts"
import { checkTestimony } from "./checkTestimony.ts"

/** What a person vouches for. */
export interface Testimony {
  readonly product: string
  readonly item: string
  /** 0 to 1; for a gate 1 passes. */
  readonly value: number
  readonly note: string
  readonly signer: string
  /** Days that it holds; at most as long as the profile lets it. */
  readonly days: number
  readonly isDemo: boolean
}

/**
 * Puts a testimony on record, within the caller's transaction, and returns its id.
 *
 * @throws BadInput for what the house measures itself, and for a testimony that does not say what, who or for how long
 */
export function recordTestimony(db: Db, log: Log["Service"], testimony: Testimony, at: string): string {
  checkTestimony(testimony)
  const { product, item, value, note, signer, days, isDemo } = testimony
  const id = newId("evd")
  const expires = new Date(Date.parse(at) + days * 86_400_000).toISOString()
  db.run(
    `insert into index_evidence (id, product, item, value, note, signer, is_demo, at, expires_at)
     values ($id, $product, $item, $value, $note, $signer, $demo, $at, $expires)`,
    { id, product, item, value, note, signer, demo: isDemo ? 1 : 0, at, expires }
  )
  log.append(db, { type: "policy", operation: id, commitment: sha256Hex(canonicalJson({ ...testimony, at })) })
  return id
}
