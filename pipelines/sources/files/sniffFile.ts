import { decodeChunks } from "./decodeChunks.ts"
import type { Encoding } from "./Encoding.ts"
import type { FileRef } from "./FileRef.ts"
import { readHead } from "./readHead.ts"

export interface SniffedFile {
  readonly format: "delimited" | "jsonl" | "json" | "parquet"
  readonly gzip: boolean
  readonly encoding: Encoding
  /** The first bytes of the content as UTF-8 without a mark; empty for Parquet. */
  readonly head: Buffer
  /** The head is all there is. */
  readonly whole: boolean
}

/** Looks at the first bytes of a file: its packing, format and encoding. The declared encoding wins, then a byte order mark. */
export async function sniffFile(
  file: FileRef,
  declared: Encoding | "utf-16" | undefined,
  signal?: AbortSignal
): Promise<SniffedFile> {
  const { packing, bytes, whole } = await readHead(file, signal)
  if (packing === "parquet") return { format: "parquet", gzip: false, encoding: "utf-8", head: bytes, whole }
  const encoding = encodingOf(bytes, declared)
  const decoded: Array<Buffer> = []
  for await (const chunk of decodeChunks(once(bytes), encoding)) decoded.push(chunk)
  const head = Buffer.concat(decoded)
  return { format: formatOf(file.name, head), gzip: packing === "gzip", encoding, head, whole }
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

function encodingOf(head: Buffer, declared: Encoding | "utf-16" | undefined): Encoding {
  const mark =
    head[0] === 0xff && head[1] === 0xfe ? "utf-16le" : head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : undefined
  if (declared === "utf-16") return mark ?? "utf-16le"
  return declared ?? mark ?? "utf-8"
}

function formatOf(name: string, head: Buffer): SniffedFile["format"] {
  const extension = /\.([a-z]+)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase()
  if (extension === "csv" || extension === "tsv" || extension === "txt") return "delimited"
  const text = head.subarray(0, 4096).toString("utf8").trimStart()
  if (extension === "jsonl" || extension === "ndjson") return "jsonl"
  if (extension === "json" || text.startsWith("[") || text.startsWith("{")) return "json"
  return "delimited"
}
