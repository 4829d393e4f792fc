import { createHash } from "node:crypto"
import { Effect, FileSystem, Stream } from "effect"
import { Unavailable } from "#core/Unavailable.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { csvLines } from "../decode/csvLines.ts"
import { readCsvSql } from "../decode/readCsvSql.ts"
import type { Synthesis } from "../makeSynthesis.ts"
import { writeRows } from "./writeRows.ts"
import type { WrittenFile } from "./writeRows.ts"

/** Where the rows of a Parquet file stand as text for a moment. */
export const draftOf = (out: string): string => `${out}.rows.csv`

/** Writes a synthetic file: CSV, or Parquet where the name ends so. The warehouse must be allowed to reach `out` and its draft. */
export const exportRows = Effect.fn("exportRows")(function* (
  { shape, rows: source }: Pick<Synthesis, "shape" | "rows">,
  rows: number,
  seed: string,
  out: string
): Effect.fn.Return<WrittenFile, Unavailable, Warehouse | FileSystem.FileSystem> {
  const lines = csvLines(shape, source, rows, seed)
  if (!/\.parquet$/i.test(out)) return yield* writeRows(out, lines)
  const files = yield* FileSystem.FileSystem
  const warehouse = yield* Warehouse
  const draft = draftOf(out)
  const convert = Effect.gen(function* () {
    yield* writeRows(draft, lines)
    yield* warehouse.run(
      `copy (select * from ${readCsvSql(quoteText(draft), shape)})
       to ${quoteText(out)} (format parquet, compression zstd, row_group_size 122880)`
    )
    const hash = createHash("sha256")
    let bytes = 0
    yield* Stream.runForEach(files.stream(out), (chunk) =>
      Effect.sync(() => {
        hash.update(chunk)
        bytes += chunk.length
      })
    )
    return { bytes, sha256: hash.digest("hex") } satisfies WrittenFile as WrittenFile
  })
  return yield* Effect.ensuring(convert, Effect.ignore(files.remove(draft, { force: true }))).pipe(
    Effect.catchTags({
      PlatformError: () => Effect.fail(notWritten),
      WarehouseError: () => Effect.fail(notWritten)
    })
  )
})

const notWritten = new Unavailable({
  code: "synth.write",
  message: "The synthetic rows could not be written as Parquet.",
  fix: "Check the folder after --out, or write to a .csv; `assay synth again` costs nothing."
})
