import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { Noise } from "../../dp/Noise.ts"

/**
 * Keeps at most `cap` rows of each subject, chosen at random and anew for each release; rows without a subject are left out.
 *
 * What is kept of one subject hangs on its own rows and the salt, never on other subjects.
 * @param columns  the columns to keep
 * @param target   schema and name of the table, made here; whoever calls drops it
 */
export const boundRows = Effect.fn("boundRows")(function* (
  relation: string,
  subject: string,
  columns: ReadonlyArray<string>,
  cap: number,
  target: ReadonlyArray<string>
): Effect.fn.Return<string, WarehouseError, Warehouse | Noise> {
  const salt = yield* (yield* Noise).salt
  const table = quoteIdentifier(...target)
  const kept = columns.map((name) => quoteIdentifier(name)).join(", ")
  yield* (yield* Warehouse).run(
    `create or replace table ${table} as
     select ${kept} from (
       select ${kept}, _subject, row_number() over (partition by _subject order by hash(${kept})) as _place
       from (select *, nullif(cast(${quoteIdentifier(subject)} as varchar), '') as _subject from ${relation})
       where _subject is not null
     ) qualify row_number() over (partition by _subject order by hash(${quoteText(salt)}, _subject, _place)) <= ${cap}`
  )
  return table
})
