import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Session } from "#core/warehouse/Session.ts"
import type { BoundAsset } from "./BoundAsset.ts"
import { provenanceSql } from "./provenanceSql.ts"

/** Rows of an asset and the raw events they were made from. */
export interface BackTrace {
  readonly asset: string
  readonly rows: number
  /** Ids, sorted. */
  readonly events: ReadonlyArray<string>
}

/** Finds the raw events behind the rows whose columns have these values; an empty value stands for null. */
export const traceBack = Effect.fn("traceBack")(function* (
  session: Session,
  bound: ReadonlyMap<string, BoundAsset>,
  key: string,
  where: Readonly<Record<string, string>>
) {
  const { columns } = bound.get(key)!
  const tests: Array<string> = []
  const params: Record<string, string> = {}
  for (const [name, value] of Object.entries(where)) {
    const column = columns.find((one) => one.name === name)
    if (column === undefined) return yield* noColumn(key, name, columns)
    if (value === "") tests.push(`${quoteIdentifier(name)} is null`)
    else {
      tests.push(`${quoteIdentifier(name)} = try_cast($v${tests.length}::varchar as ${column.type})`)
      params[`v${tests.length - 1}`] = value
    }
  }
  const sql = yield* provenanceSql(session, bound, key)
  const found = yield* session.columns(
    `with _row as materialized (select _src from (${sql}) as _traced${tests.length === 0 ? "" : ` where ${tests.join(" and ")}`})
     select count(*)::varchar as id, 0 as part from _row
     union all
     select distinct id::varchar, 1 from (select unnest(_src) as id from _row) where id is not null
     order by part, id`,
    params
  )
  const [rows, ...events] = found.values["id"] as ReadonlyArray<string>
  return { asset: key, rows: Number(rows), events } satisfies BackTrace as BackTrace
})

const noColumn = (key: string, name: string, columns: BoundAsset["columns"]): BadInput =>
  new BadInput({
    code: "trace.column",
    message: `${key} has no column ${name.slice(0, 80)}.`,
    fix: `Use some of: ${columns.map((column) => column.name).join(", ")}.`,
    where: { asset: key }
  })
