import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"

/** A data file as the warehouse reads it. */
export interface OpenTable {
  /** SQL that stands for the table */
  readonly relation: string
  readonly header: ReadonlyArray<string>
}

/** Finds the header of a CSV or Parquet file; no row is looked at. The cells of a CSV are texts. */
export const openTable = Effect.fn("openTable")(function* (
  file: string
): Effect.fn.Return<OpenTable, BadInput, Warehouse> {
  const parquet = /\.parquet$/i.test(file)
  const relation = parquet
    ? `read_parquet(${quoteText(file)})`
    : `read_csv(${quoteText(file)}, all_varchar = true, header = true, null_padding = true, ignore_errors = true, strict_mode = false)`
  const found = yield* Effect.mapError(
    (yield* Warehouse).query<{ column_name: string }>(`describe select * from ${relation}`),
    () =>
      new BadInput({
        code: "synth.file",
        message: `${file} cannot be read as ${parquet ? "Parquet" : "CSV with a header line"}.`,
        fix: "Give a .csv, .tsv, .csv.gz or .parquet file.",
        where: { file }
      })
  )
  return { relation, header: found.map(({ column_name }) => column_name) }
})
