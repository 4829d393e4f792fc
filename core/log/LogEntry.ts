/** The closed list of what the log speaks of. @source consent.md, "The log" */
export type LogEntryType =
  | "grant"
  | "revoke"
  | "freeze-ack"
  | "ingest-binding"
  | "use"
  | "release"
  | "budget"
  | "policy"
  | "access-grant"
  | "price"
  | "order"
  | "key"
  | "anchor"
  | "purge"

/** One entry: what happened, under which policy epoch, and a commitment to the details; no personal data, no counts. */
export interface LogEntry {
  readonly type: LogEntryType
  /** The id of the operation: a release, an order, a batch. */
  readonly operation: string
  readonly epoch: number
  /** 64 hexadecimal digits: a keyed hash of the details, or the hash of a document that is public itself. */
  readonly commitment: string
}

/** The bytes that are hashed into the tree: canonical JSON of the entry with its format version. Final: they never change. */
export function leafBytes(entry: LogEntry): Uint8Array {
  const { type, operation, epoch, commitment } = entry
  if (!operation.isWellFormed()) throw new TypeError("an operation has no lone surrogates")
  const [what, which] = [JSON.stringify(type), JSON.stringify(operation)]
  // Written out in the order of canonical JSON, which is three times as fast as sorting the members of each entry.
  return Buffer.from(
    `{"commitment":${JSON.stringify(commitment)},"epoch":${epoch},"operation":${which},"type":${what},"v":1}`
  )
}
