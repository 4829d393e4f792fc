import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Refused } from "#core/Refused.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { TableFacts } from "../aggregate/TableFacts.ts"
import { columnTypes } from "./columnTypes.ts"

/** Where the opened file stands in the warehouse of the query. */
export const openedFile: ReadonlyArray<string> = ["core", "file"]

/**
 * Opens a CSV or Parquet file as a table with `subject_id`, which is the column that the query's `unit` names.
 *
 * Parquet carries its types; the texts of a CSV take those that the query asks for, and become null where they do not fit.
 */
export const openFile = Effect.fn("openFile")(function* (
  file: string,
  spec: ReleaseSpec
): Effect.fn.Return<TableFacts, BadInput | Refused | WarehouseError, Warehouse> {
  const warehouse = yield* Warehouse
  const parquet = /\.parquet$/i.test(file)
  const reading = parquet
    ? `read_parquet(${quoteText(file)})`
    : `read_csv(${quoteText(file)}, all_varchar = true, header = true, null_padding = true, ignore_errors = true, strict_mode = false)`
  const found = yield* Effect.mapError(
    warehouse.query<{ column_name: string; column_type: string }>(`describe select * from ${reading}`),
    () =>
      new BadInput({
        code: "dp.file",
        message: `${file} cannot be read as ${parquet ? "Parquet" : "CSV with a header line"}.`,
        fix: "Give a .csv, .tsv, .csv.gz or .parquet file.",
        where: { file }
      })
  )
  const names = found.map((column) => column.column_name)
  if (!names.includes(spec.unit)) {
    return yield* new Refused({
      code: "release.unit",
      message: `A release protects subjects, and the file has no column ${spec.unit} that says whose each row is.`,
      fix: `Write \`unit:\` with the column that names the subject, one of ${names.join(", ")}.`,
      where: { file, field: "unit" }
    })
  }
  const types = parquet
    ? Object.fromEntries(found.map((column) => [column.column_name, column.column_type]))
    : columnTypes(spec, names)
  const read = (name: string): string =>
    parquet || types[name] === "VARCHAR"
      ? quoteIdentifier(name)
      : `try_cast(${quoteIdentifier(name)} as ${types[name]}) as ${quoteIdentifier(name)}`
  // The subject's column is no column of the data: it can be neither key nor measure.
  const rest = names.filter((name) => name !== spec.unit && name !== "subject_id")
  const columns = [`cast(${quoteIdentifier(spec.unit)} as varchar) as subject_id`, ...rest.map(read)]
  yield* warehouse.run(
    `create ${parquet ? "view" : "table"} ${quoteIdentifier(...openedFile)} as select ${columns.join(", ")} from ${reading}`
  )
  return {
    asset: "file",
    columns: [{ name: "subject_id", type: "VARCHAR" }, ...rest.map((name) => ({ name, type: types[name]! }))]
  }
})
