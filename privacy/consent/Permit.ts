import type { Denial, Operation } from "./Operation.ts"

/** What the decision point gives one step of a pipeline: how it decided, under which epoch, and until when that may be used. */
export interface Permit {
  /** The id of the operation, under which it is logged. */
  readonly id: string
  readonly operation: Operation
  readonly epoch: number
  /** Milliseconds since 1970; at most 60 s after the decision. */
  readonly until: number
  /** SHA-256 of the allow bitmap over licence ordinals. */
  readonly bitmapDigest: string
}

/** What an operation did, for stewards: exact counts, never shown to others. */
export interface OperationRecord {
  readonly permit: Permit
  /** The asset that was made, or the product. */
  readonly asset: string
  readonly run: string
  readonly rowsIn: number
  readonly rowsOut: number
  readonly denied: Readonly<Partial<Record<Denial, number>>>
  /** SHA-256 of what was asked for: statement, inputs, operation. */
  readonly planDigest: string
}
