import { closeSync, openSync, readSync } from "node:fs"
import type { FileRef } from "./FileRef.ts"
import { readChunks } from "./readChunks.ts"

export interface FileHead {
  readonly packing: "gzip" | "parquet" | "none"
  /** Unpacked, at most 256 KiB; empty for Parquet. */
  readonly bytes: Buffer
  /** These are all there are. */
  readonly whole: boolean
}

const headBytes = 256 * 1024

/** The first bytes of a file's content. */
export async function readHead(file: FileRef, signal?: AbortSignal): Promise<FileHead> {
  const magic = firstBytes(file.path)
  if (magic.toString("latin1") === "PAR1") return { packing: "parquet", bytes: Buffer.alloc(0), whole: false }
  const gzip = magic[0] === 0x1f && magic[1] === 0x8b
  const pieces: Array<Buffer> = []
  let length = 0
  for await (const chunk of readChunks(file.path, file.name, { gzip, ...(signal === undefined ? {} : { signal }) })) {
    pieces.push(chunk)
    length += chunk.length
    if (length > headBytes) break
  }
  const bytes = Buffer.concat(pieces).subarray(0, headBytes)
  return { packing: gzip ? "gzip" : "none", bytes, whole: length <= headBytes }
}

function firstBytes(path: string): Buffer {
  const file = openSync(path, "r")
  try {
    const bytes = Buffer.alloc(4)
    return bytes.subarray(0, readSync(file, bytes, 0, 4, 0))
  } finally {
    closeSync(file)
  }
}
