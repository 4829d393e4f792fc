import { Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import type { NoisyMarginals } from "../manifest/NoisyMarginals.ts"
import type { MarginalsOf } from "./paidMarginals.ts"

/** The noisy marginals of a release: those that it drew before, or those that are drawn now and kept. */
export const keepMarginals = Effect.fn("keepMarginals")(function* <E, R>(
  releaseId: string,
  of: Omit<MarginalsOf, "planHash">,
  draw: Effect.Effect<NoisyMarginals, E, R>
) {
  const records = yield* Records
  const find = records.read((db) =>
    db.get<{ document: string }>("select document from noisy_marginals where release_id = $releaseId", { releaseId })
  )
  const standing = yield* find
  if (standing === undefined) {
    const document = JSON.stringify(yield* draw)
    yield* records.write((db) => {
      db.run(
        `insert into noisy_marginals (release_id, asset, period, rows_per_subject, document)
         values ($releaseId, $asset, $period, $rowsPerSubject, $document) on conflict do nothing`,
        { releaseId, ...of, document }
      )
    })
  }
  // Another process may have been first: what stands is the answer.
  return JSON.parse((standing ?? (yield* find)!).document) as NoisyMarginals
})
