import { Clock, Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import { Uses } from "#privacy/consent/use/Uses.ts"

/** So many who were in a version have to be gone before a new one appears by itself. */
const leastGone = 5
/** After this time it appears whoever is gone, since nobody can say when of that day they left. */
const longestMillis = 24 * 3_600_000

/**
 * Until when a suspended product of rows waits before it is made again by itself; undefined where it need not. Whoever compares two versions sees
 * who left, so several leave together.
 *
 * @returns milliseconds since 1970
 */
export const republication = Effect.fn("republication")(function* (product: string) {
  const now = yield* Clock.currentTimeMillis
  const { since, operation, gone } = yield* (yield* Records).read((db) => {
    const frozen = db.get<{ since: string }>("select since from product_freeze where product = $product", { product })
    // The last that was made before: those in it are the ones who could be missed.
    const made = db.get<{ id: string; epoch: number }>(
      `select id, epoch from consent_operation where asset = 'release.' || $product and at <= $second
       order by at desc, rowid desc limit 1`,
      { product, second: frozen === undefined ? 0 : Math.floor(Date.parse(frozen.since) / 1000) }
    )
    const gone = db.all<{ subj: number }>(
      "select distinct subj from consent_change where state <> 'ACTIVE' and epoch > $epoch order by subj",
      { epoch: made?.epoch ?? 0 }
    )
    return { since: frozen?.since, operation: made?.id, gone: gone.map(({ subj }) => subj) }
  })
  if (since === undefined || operation === undefined) return undefined
  const until = Date.parse(since) + longestMillis
  if (now >= until || (yield* (yield* Uses).present(operation, gone)) >= leastGone) return undefined
  return until
})
