import { Effect } from "effect"
import type { Session } from "#core/warehouse/Session.ts"
import type { JudgedLicences } from "./judgedLicences.ts"

/**
 * A bit for each licence from ordinal 0 to at least `last`, the first bit the leftmost: 1 where the operation may use its records. The engine
 * lists the ordinals, which costs less than its own aggregate over bits.
 */
export const allowedBits = Effect.fn("allowedBits")(function* (
  session: Session,
  { allowed, params }: JudgedLicences,
  last: number
) {
  const bits = new Uint8Array((last >> 3) + 1)
  yield* session.stream(
    `select list(cast(lic as integer)) as lics from (${allowed}) having count(*) > 0`,
    params,
    ({ columns: [lics] }) => {
      const ordinals = lics as Int32Array
      // A licence made since then is beyond the end, where nothing is written: it is in no permit of now.
      for (let i = 0; i < ordinals.length; i++) bits[ordinals[i]! >> 3]! |= 128 >> (ordinals[i]! & 7)
    }
  )
  return bits
})
