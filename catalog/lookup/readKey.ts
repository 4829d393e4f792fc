import { createHash } from "node:crypto"
import { BadInput } from "#core/BadInput.ts"
import type { Db } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import type { ApiKey, KeyScope } from "./ApiKey.ts"

type KeyRow = Omit<ApiKey, "scopes"> & { readonly scopes: string }

const select = `select id, prefix, holder, buyer, product, scopes, created_at as createdAt, expires_at as expiresAt,
  revoked_at as revokedAt, last_used_at as lastUsedAt from api_key`

const fromRow = ({ scopes, ...row }: KeyRow): ApiKey => ({ ...row, scopes: scopes.split(" ") as Array<KeyScope> })

/** What is kept of a token: it has 256 random bits, so a plain hash is enough. */
export const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex")

export function readKey(db: Db, id: string): ApiKey {
  const found = db.get<KeyRow>(`${select} where id = $id`, { id })
  if (found !== undefined) return fromRow(found)
  throw new BadInput({
    code: "key.unknown",
    message: `There is no key ${id.slice(0, 60)}.`,
    fix: "assay key list shows them.",
    where: { field: "key" }
  })
}

/** Of one buyer, or of all, newest first. */
export const readKeys = (db: Db, buyer: string | null): ReadonlyArray<ApiKey> =>
  db.all<KeyRow>(`${select} where buyer = coalesce($buyer, buyer) order by created_at desc, id`, { buyer }).map(fromRow)

/**
 * Whose a token is.
 *
 * @param now  ISO instant
 * @throws     Refused `session.key`, the same for a wrong, an expired and a revoked one; `key.scope` where it may not do this
 */
export function recogniseKey(db: Db, token: string, scope: KeyScope, now: string): ApiKey {
  const found = db.get<KeyRow>(`${select} where token_hash = $hash`, { hash: hashOf(token) })
  if (found === undefined || found.revokedAt !== null || now >= found.expiresAt) throw notKnown()
  const key = fromRow(found)
  if (key.scopes.includes(scope)) return key
  throw new Refused({
    code: "key.scope",
    message: `The key ${key.prefix}… may not be used for ${scope}.`,
    fix: `Ask the seller for a key with the scope ${scope}.`
  })
}

/** Answered with 401. */
export const notKnown = (): Refused =>
  new Refused({
    code: "session.key",
    message: "The key is not known here, has expired or was taken back.",
    fix: "Send it as Authorization: Bearer ak_…, or ask the seller for a new one."
  })
