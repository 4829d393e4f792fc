import { Home } from "#core/home/Home.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Effect } from "effect"
import { resolveFiles } from "../files/resolveFiles.ts"
import { landingTables } from "../landing/landingTables.ts"
import type { SourceSpec } from "../SourceSpec.ts"
import { badRowsOf } from "./badRowsOf.ts"
import { badRowsProblem } from "./badRowsProblem.ts"
import { changedFiles } from "./changedFiles.ts"
import { loadStream } from "./loadStream.ts"
import type { LoadReport, StreamReport } from "./LoadReport.ts"
import { planFile } from "./planFile.ts"

export interface LoadProgress {
  readonly stream: string
  /** Such as `read`, `land`, `done`. */
  readonly step: "read" | "land" | "done"
  readonly files: number
  readonly bytes: number
}

/**
 * Brings the files of a source into its raw tables, as text. Everything that can be refused by looking at the heads of the files
 * is refused before anything is landed; then each stream is landed in one transaction. Bad rows go to `raw.quarantine`, and the
 * report carries a `problem` when there are more of them than the source file tolerates: the caller logs the batches first and
 * fails with it afterwards.
 */
export const loadSource = Effect.fn("loadSource")(function* (
  spec: SourceSpec,
  onProgress: (progress: LoadProgress) => void = () => undefined
) {
  const warehouse = yield* Warehouse
  const home = yield* Home
  yield* warehouse.script(landingTables)
  const plans = yield* Effect.forEach(spec.streams, (stream) =>
    Effect.gen(function* () {
      const files = yield* resolveFiles(spec.root, stream.path)
      const changed = yield* changedFiles(warehouse, spec.source, stream, files)
      const planned = yield* Effect.forEach(changed, (file) => planFile(file, stream))
      return { stream, files, planned }
    })
  )
  const streams: Array<StreamReport> = []
  for (const { stream, files, planned } of plans) {
    streams.push(yield* loadStream(warehouse, home, spec.source, stream, files, planned, onProgress))
  }
  const bad = yield* Effect.forEach(plans, ({ stream, files }) => badRowsOf(warehouse, spec.source, stream, files))
  const report: LoadReport = {
    source: spec.source,
    streams,
    tolerated: bad.flatMap((found) => found.tolerated),
    problem: badRowsProblem(
      spec.source,
      bad.flatMap((found) => found.refused)
    )
  }
  return report
})
