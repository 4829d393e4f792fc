import type { Db } from "#core/records/Records.ts"
import type { EmbedToken } from "../../api/embed/EmbedToken.ts"

interface Row {
  readonly id: string
  readonly kind: EmbedToken["kind"]
  readonly target: string
  readonly origins: string
  readonly made_by: string
  readonly made_at: string
  readonly expires_at: string
  readonly revoked_by: string | null
  readonly revoked_at: string | null
}

const columns = "id, kind, target, origins, made_by, made_at, expires_at, revoked_by, revoked_at"

/** The token with this id, or with this hash of its secret. What it was used for is told by `readEmbeds` alone: it takes longer. */
export function readEmbed(db: Db, by: "id" | "token_hash", value: string, now: string): EmbedToken | undefined {
  const row = db.get<Row>(`select ${columns} from embed_token where ${by} = $value`, { value })
  return row === undefined ? undefined : tokenOf(row, undefined, now)
}

interface Used {
  readonly name: string
  readonly shown: number
  readonly refused: number
  readonly last: number | null
}

/** All tokens, newest first. */
export function readEmbeds(db: Db, now: string): ReadonlyArray<EmbedToken> {
  const used = db.all<Used>(
    `select name, sum(case when allowed = 1 then times else 0 end) as shown, sum(case when allowed = 0 then times else 0 end) as refused,
       max(case when allowed = 1 then at end) as last
     from access_decision where action = 'embed' group by name`
  )
  const byName = new Map(used.map((one) => [one.name, one]))
  return db
    .all<Row>(`select ${columns} from embed_token order by made_at desc, id`)
    .map((row) => tokenOf(row, byName.get(row.id), now))
}

const tokenOf = (row: Row, used: Used | undefined, now: string): EmbedToken => ({
  id: row.id,
  kind: row.kind,
  target: row.target,
  origins: JSON.parse(row.origins) as ReadonlyArray<string>,
  madeBy: row.made_by,
  madeAt: row.made_at,
  expiresAt: row.expires_at,
  state: row.revoked_at !== null ? "revoked" : now >= row.expires_at ? "expired" : "live",
  revokedBy: row.revoked_by,
  revokedAt: row.revoked_at,
  shown: used?.shown ?? 0,
  refused: used?.refused ?? 0,
  lastShownAt: used?.last === null || used?.last === undefined ? null : new Date(used.last).toISOString()
})
