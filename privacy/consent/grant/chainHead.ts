import type { Db } from "#core/records/Records.ts"
import type { ChainHead } from "./checkGrant.ts"
import type { Grant } from "./Grant.ts"

interface Asked {
  readonly grant: Grant
  readonly digest: string
  readonly subj: number
  /** Whole seconds. */
  readonly now: number
}

/** What the records know of the chain that a grant would continue, with the salt of its subject. Nothing is used up. */
export function chainHead(db: Db, { grant, digest, subj, now }: Asked): ChainHead & { readonly salt: Uint8Array } {
  const chain = db.get<{ seq: number; head: string | null; salt: Uint8Array }>(
    "select seq, head, salt from subject where subj = $subj",
    { subj }
  )!
  const known = db.get("select 1 as one from consent_grant where digest = $digest", { digest }) !== undefined
  const fresh =
    db.get("select 1 as one from consent_nonce where nonce = $nonce and subj = $subj and expires > $now", {
      nonce: grant.nonce,
      subj,
      now
    }) !== undefined
  return { ...chain, known, fresh }
}
