import { Effect } from "effect"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { formulaSafe } from "./formulaSafe.ts"
import type { DescribedColumn } from "./formulaSafe.ts"

/**
 * Writes a Parquet file as formula-safe CSV (UTF-8, comma, heading line), rows in the file's order. The engine that does it lives for
 * this one file and can reach nothing but `folder`.
 *
 * @param folder  holds both files
 */
export const writeCsv = Effect.fn("writeCsv")((folder: string, parquet: string, csv: string) =>
  Effect.gen(function* () {
    const engine = yield* Warehouse
    const columns = yield* engine.query<DescribedColumn>("describe select * from read_parquet($parquet)", { parquet })
    yield* engine.run(
      `copy (select ${formulaSafe(columns)} from read_parquet(${quoteText(parquet)}))
       to ${quoteText(csv)} (format csv, header, delimiter ',')`
    )
  }).pipe(
    Effect.provide(Warehouse.layer({ path: ":memory:", spill: "", directories: [folder], memory: "1GB", threads: 1 }))
  )
)
