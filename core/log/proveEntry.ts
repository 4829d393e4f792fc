import { inclusionProof } from "./inclusionProof.ts"
import type { LogFiles } from "./LogFiles.ts"
import { leafHash } from "./merkle.ts"
import type { LogKey } from "./LogKey.ts"
import { signedHead, unsoundLog } from "./signedHead.ts"
import { damagedLog, tileNodes } from "./tileNodes.ts"
import { tilePath, Unsound, verifyCheckpoint, verifyInclusion } from "./verifier/assay-verify.mjs"
import type { Checkpoint } from "./verifier/assay-verify.mjs"

/** An entry with what proves that the log holds it. */
export interface EntryProof {
  readonly index: number
  /** The entry as it was hashed: JSON. */
  readonly entry: string
  /** A `tlog-proof` with the entry as extra data; `assay-verify.mjs proof` checks it. @source C2SP tlog-proof */
  readonly proof: string
}

/**
 * Proves an entry against the newest checkpoint, or an older one that holds it too; undefined if the log holds no such entry.
 *
 * @param wanted index, or the id of an operation, of which the last entry is meant
 * @param under  a checkpoint of this log that others have cosigned; left aside where it is too old for the entry or does not fit the log
 * @throws Refused `log.unsound` rather than give a proof that does not hold
 */
export function proveEntry(
  files: LogFiles,
  key: LogKey,
  wanted: number | string,
  under?: string
): EntryProof | undefined {
  const head = signedHead(files, key)
  const index = typeof wanted === "number" ? wanted : lastEntryOf(files, head.size, wanted)
  if (head.note === undefined || !(Number.isSafeInteger(index) && index >= 0 && index < head.size)) return undefined
  const entry = readEntries(files, head.size, index, 1)[0]!
  const nodes = tileNodes(files, head.size)
  for (const [note, { size, root }] of [...cosigned(under, key), [head.note, head] as const]) {
    if (size > head.size || index >= size) continue
    // The subtrees of an older tree are subtrees of the newer one, so their hashes are in its tiles.
    const path = inclusionProof(nodes, index, size)
    if (!verifyInclusion(leafHash(entry), index, size, path, root)) continue
    const lines = path.map((hash) => Buffer.from(hash).toString("base64"))
    const extra = `extra ${Buffer.from(entry).toString("base64")}`
    const proof = ["c2sp.org/tlog-proof@v1", extra, `index ${index}`, ...lines, "", note].join("\n")
    return { index, entry: Buffer.from(entry).toString("utf8"), proof }
  }
  throw unsoundLog(`entry ${index} does not lead to the signed root.`)
}

function cosigned(note: string | undefined, key: LogKey): ReadonlyArray<readonly [string, Checkpoint]> {
  if (note === undefined) return []
  try {
    return [[note, verifyCheckpoint(note, key.policy)]]
  } catch (cause) {
    if (cause instanceof Unsound) return []
    throw cause
  }
}

/** The bytes of the entries from `from` on, at most `count`, of a tree of `size` entries. */
export function readEntries(files: LogFiles, size: number, from: number, count: number): ReadonlyArray<Uint8Array> {
  const end = Math.min(size, from + count)
  const found: Array<Uint8Array> = []
  for (let index = Math.floor(from / 256); index * 256 < end; index++) {
    const bundle = readBundle(files, index, Math.min(256, size - index * 256))
    found.push(...bundle.slice(Math.max(0, from - index * 256), end - index * 256))
  }
  return found
}

function readBundle(files: LogFiles, index: number, width: number): ReadonlyArray<Uint8Array> {
  const path = tilePath("entries", index, width)
  const bytes = files.read(path) ?? files.read(tilePath("entries", index))
  if (bytes === undefined) throw damagedLog(path)
  const entries: Array<Uint8Array> = []
  let at = 0
  while (entries.length < width) {
    if (at + 2 > bytes.length) throw damagedLog(path)
    const end = at + 2 + bytes.readUInt16BE(at)
    if (end > bytes.length) throw damagedLog(path)
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return entries
}

/** Searches the bundles from the newest; -1 if no entry names the operation. */
function lastEntryOf(files: LogFiles, size: number, operation: string): number {
  const sought = `"operation":${JSON.stringify(operation)}`
  for (let index = Math.ceil(size / 256) - 1; index >= 0; index--) {
    const bundle = readBundle(files, index, Math.min(256, size - index * 256))
    const at = bundle.findLastIndex((entry) => Buffer.from(entry).includes(sought))
    if (at >= 0) return index * 256 + at
  }
  return -1
}
