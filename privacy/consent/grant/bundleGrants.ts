import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import type { GrantBundle } from "#core/log/verifier/assay-verify.mjs"
import { Records } from "#core/records/Records.ts"
import { grantOperation } from "./grantOperation.ts"

/**
 * All grants of a subject, first to last, as whoever holds the log's key can check them: `assay-verify.mjs grants`.
 *
 * @throws BadInput for a subject that is unknown or erased
 */
export const bundleGrants = Effect.fn("bundleGrants")(function* (subj: number) {
  const home = yield* Home
  const log = yield* Log
  const { person, rows } = yield* (yield* Records).read((db) => ({
    person: db.get<{ salt: Uint8Array | null }>("select salt from subject where subj = $subj", { subj }),
    rows: db.all<{ token: string; digest: string }>(
      "select token, digest from consent_grant where subj = $subj order by seq",
      { subj }
    )
  }))
  if (person?.salt == null) {
    return yield* new BadInput({
      code: "consent.subject",
      message: "There is no subject of this id, or it was erased and nothing can be shown of it any more.",
      fix: "Give the id as it stands in the source."
    })
  }
  yield* log.drain
  const grants = yield* Effect.forEach(rows, ({ token, digest }) =>
    Effect.map(log.prove(grantOperation(home, digest), "witnessed"), ({ proof }) => ({ token, proof }))
  )
  return { salt: Buffer.from(person.salt).toString("hex"), grants } satisfies GrantBundle as GrantBundle
})
