import { rawTable } from "../landing/rawTable.ts"
import type { StreamSpec } from "../SourceSpec.ts"
import { conformColumns } from "./conformColumns.ts"

/** A column whose cast can fail, and the statement that finds the events where it did: text was there and no value came of it. */
export interface FailedCast {
  readonly column: string
  readonly failing: string
}

export function failedCasts(
  source: string,
  stream: StreamSpec,
  rawColumns: ReadonlyArray<string>
): ReadonlyArray<FailedCast> {
  const table = rawTable(source, stream.stream)
  return conformColumns(stream, rawColumns).flatMap(({ name, sql, from }) =>
    from === undefined
      ? []
      : [{ column: name, failing: `select _event_id from ${table} where (${from}) is not null and (${sql}) is null` }]
  )
}
