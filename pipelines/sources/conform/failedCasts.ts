import type { StreamSpec } from "../SourceSpec.ts"
import { conformColumns } from "./conformColumns.ts"

/** A column whose cast can fail, and what is true of the events where it did: text was there and no value came of it. */
export interface FailedCast {
  readonly column: string
  /** A predicate on rows of the raw table. */
  readonly breaks: string
}

export function failedCasts(stream: StreamSpec, rawColumns: ReadonlyArray<string>): ReadonlyArray<FailedCast> {
  return conformColumns(stream, rawColumns).flatMap(({ name, sql, from }) =>
    from === undefined ? [] : [{ column: name, breaks: `(${from}) is not null and (${sql}) is null` }]
  )
}
