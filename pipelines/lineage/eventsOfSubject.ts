import { Effect } from "effect"
import type { Session } from "#core/warehouse/Session.ts"
import { quoteKey } from "../engine/madeTable.ts"
import type { BoundAsset } from "./BoundAsset.ts"

/** The ids of every event that a subject brought, as far as any made asset names subjects. Sorted. */
export const eventsOfSubject = Effect.fn("eventsOfSubject")(function* (
  session: Session,
  bound: ReadonlyMap<string, BoundAsset>,
  made: (key: string) => boolean,
  subject: string
) {
  const holders = [...bound.values()].filter(
    ({ asset, carries, columns }) => carries && made(asset.key) && columns.some(({ name }) => name === "subject_id")
  )
  if (holders.length === 0) return []
  const parts = holders.map(
    ({ asset }) => `select _event_id from ${quoteKey(asset.key)} where subject_id::varchar = $subject`
  )
  const rows = yield* session.query<{ id: string }>(
    `select distinct _event_id::varchar as id from (${parts.join(" union all ")}) order by id`,
    { subject }
  )
  return rows.map(({ id }) => id)
})
