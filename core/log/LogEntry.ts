import { canonicalJson } from "../json/canonicalJson.ts"

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
  return new TextEncoder().encode(canonicalJson({ v: 1, type, operation, epoch, commitment }))
}
