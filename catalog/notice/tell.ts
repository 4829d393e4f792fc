import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { Db } from "#core/records/Records.ts"
import type { Announcement, NoticeKind } from "./Notice.ts"

/** Tells one buyer, within the caller's transaction: a line in the inbox, and a message to each address that the buyer gave for such news. */
export function tell(db: Db, buyer: string, { kind, product, version, at, text, facts }: Announcement): void {
  const id = newId("ntc")
  db.run(
    `insert into notice (id, seq, buyer, kind, product, version, at, text, facts)
     values ($id, (select coalesce(max(seq), 0) + 1 from notice), $buyer, $kind, $product, $version, $at, $text, $facts)`,
    { id, buyer, kind, product, version, at, text: canonicalJson(text), facts: canonicalJson(facts) }
  )
  const hooks = db.all<{ id: string; kinds: string }>(
    "select id, kinds from webhook where buyer = $buyer and removed_at is null order by created_at, id",
    { buyer }
  )
  // The buyer's name may be a person's: the receiver knows who it is by the address.
  const body = canonicalJson({
    type: `notice.${kind}`,
    timestamp: at,
    data: { id, kind, product, version, text, facts }
  })
  for (const hook of hooks.filter(({ kinds }) => wants(kinds, kind)))
    db.run(
      `insert into webhook_message (id, webhook, body, created_at, next_at, attempts, state)
       values ($id, $webhook, $body, $at, $at, 0, 'waiting')`,
      { id: newId("msg"), webhook: hook.id, body, at }
    )
}

const wants = (kinds: string, kind: NoticeKind): boolean => kinds === "all" || kinds.split(",").includes(kind)
