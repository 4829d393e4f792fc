import type { Effect } from "effect"
import type { RecordsError } from "#core/records/Records.ts"
import type { MakeOptions } from "./Makers.ts"
import type { Intervals } from "./partition/intervalTable.ts"
import type { KeyRanges } from "./partition/KeyRange.ts"
import type { RunEvent } from "./RunEvent.ts"
import type { GuardedScan } from "./Scans.ts"
import type { Made } from "./staleness.ts"

/** All that making one asset needs to know of its run. */
export interface MakeContext extends MakeOptions {
  readonly codeVersion: string
  /** How it reads its inputs; absent for what reads no assets. */
  readonly scan?: GuardedScan
  /** Data version of every input now, by key. */
  readonly inputs: Readonly<Record<string, string>>
  readonly last: Made | undefined
  readonly tell: (event: RunEvent) => Effect.Effect<void, RecordsError>
  /** Takes note of a batch that was published. */
  readonly remember: (made: Made) => void
  /** What is known of partitions before the asset is made. */
  readonly intervals: Intervals
  /** The partitions to make, for an incremental asset, and how many at once. */
  readonly due: KeyRanges
  /** All that would be due, whether asked for or not. */
  readonly allDue: KeyRanges
  readonly batch?: number
  /** Another asset may ask which partitions a change touched. */
  readonly partitionedReaders: boolean
}
