import { Effect, FileSystem, Path } from "effect"
import { Home } from "#core/home/Home.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { LedgerEntry } from "#privacy/budget/LedgerEntry.ts"
import type { ReleasedTable } from "#privacy/dp/aggregate/ReleasedTable.ts"
import { writeRows } from "#privacy/synthesis/alone/writeRows.ts"
import { csvLines } from "#privacy/synthesis/decode/csvLines.ts"
import { readCsvSql } from "#privacy/synthesis/decode/readCsvSql.ts"
import { learnSynthesis } from "#privacy/synthesis/learnSynthesis.ts"
import { makeSynthesis } from "#privacy/synthesis/makeSynthesis.ts"
import type { SynthesisPlan } from "#privacy/synthesis/planSynthesis.ts"
import { keepMarginals } from "#privacy/synthesis/release/keepMarginals.ts"
import type { PlannedRelease } from "./planRelease.ts"
import { withRows } from "./withRows.ts"

/**
 * The synthetic rows of a release. Its noisy marginals are drawn once and kept; the rows follow from them and the release's id alone, so
 * a release that died in between goes on to the same rows.
 * @param relation  schema and name of the table to imitate, already permitted
 * @param read      the released table, if it stands
 */
export const drawSynthetic = Effect.fn("drawSynthetic")(function* (
  entry: LedgerEntry,
  { plan, period, definition }: PlannedRelease,
  synthesis: SynthesisPlan,
  relation: ReadonlyArray<string>,
  read: (session: Session) => Effect.Effect<ReleasedTable | undefined, WarehouseError>
) {
  const warehouse = yield* Warehouse
  const { releaseId } = entry
  const { rowsPerSubject } = synthesis.request
  const marginals = yield* keepMarginals(
    releaseId,
    { asset: plan.shape.asset, period: period.id, rowsPerSubject },
    withRows(entry, plan, relation, (rows) =>
      Effect.map(
        learnSynthesis(synthesis, {
          relation: quoteIdentifier(...rows),
          subject: "subject_id",
          scratch: ["_stage", `synthesis_${releaseId}`]
        }),
        (learned) => learned.marginals
      )
    )
  )
  const standing = yield* read(warehouse)
  if (standing !== undefined) return { table: standing, bound: plan, marginals }
  const { shape, rows } = yield* makeSynthesis(marginals)
  const { tmp } = yield* Home
  const files = yield* FileSystem.FileSystem
  const draft = (yield* Path.Path).join(tmp, `${releaseId}.csv`)
  const write = Effect.gen(function* () {
    yield* writeRows(draft, csvLines(shape, rows, definition.synthetic?.rows ?? 0, releaseId))
    yield* warehouse.transaction((session) =>
      session.run(
        `create table ${quoteIdentifier("release", releaseId)} as select * from ${readCsvSql(quoteText(draft), shape)}`
      )
    )
  })
  yield* Effect.ensuring(write, Effect.ignore(files.remove(draft, { force: true })))
  return { table: (yield* read(warehouse))!, bound: plan, marginals }
})
