import { Effect } from "effect"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"

/**
 * Writes a Parquet file as JSON, one row a line, rows in the file's order. Whole numbers are written with all their digits.
 *
 * @param folder  holds both files; the engine reaches nothing else
 */
export const writeJsonLines = Effect.fn("writeJsonLines")((folder: string, parquet: string, jsonl: string) =>
  Effect.gen(function* () {
    const engine = yield* Warehouse
    yield* engine.run(
      `copy (select * from read_parquet(${quoteText(parquet)})) to ${quoteText(jsonl)} (format json, array false)`
    )
  }).pipe(
    Effect.provide(Warehouse.layer({ path: ":memory:", spill: "", directories: [folder], memory: "1GB", threads: 1 }))
  )
)
