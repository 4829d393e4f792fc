import type { BadInput } from "#core/BadInput.ts"
import type { Reason } from "../files/Reason.ts"

/** What a load did to one stream. */
export interface StreamReport {
  readonly stream: string
  /** Unquoted, `raw.<source>__<stream>`. */
  readonly table: string
  /** Null when every file was known and nothing was read. */
  readonly batch: string | null
  readonly files: number
  readonly filesUnchanged: number
  readonly bytes: number
  readonly rows: number
  readonly rowsNew: number
  readonly rowsKnown: number
  /** Bad rows of the files read by this load. */
  readonly quarantined: number
  readonly newColumns: ReadonlyArray<string>
  /** Values of the declared key that more than one event has; both are kept. */
  readonly doubledKeys: number
  /** Events that arrived under terms other than those declared now; they keep the terms that they arrived under. */
  readonly otherTerms: number
}

/** A share of bad rows within or beyond what the source file tolerates. */
export interface BadRows {
  readonly stream: string
  readonly file: string
  readonly badRows: number
  readonly rows: number
  readonly first: ReadonlyArray<{ readonly line: number; readonly reason: Reason }>
}

export interface LoadReport {
  readonly source: string
  readonly streams: ReadonlyArray<StreamReport>
  /** Bad rows that the source file tolerates: a warning. */
  readonly tolerated: ReadonlyArray<BadRows>
  /** Set when bad rows are not tolerated: everything good has been landed, and the load has still failed. */
  readonly problem: BadInput | null
}
