import type { Readable } from "node:stream"
import type { FastifyReply, FastifyRequest } from "fastify"
import { byteRange } from "./byteRange.ts"
import type { ByteRange } from "./byteRange.ts"

/** An immutable file on its way out. */
export interface ImmutableFile {
  readonly bytes: number
  /** Names its bytes: the same tag is the same bytes for ever. */
  readonly tag: string
  readonly mediaType: string
  /** The name it is saved under; absent for what is not saved. */
  readonly fileName?: string
  /** Its bytes, or a part of them. */
  read(range?: ByteRange): Readable
  /** Called where nothing is read. */
  close?(): void
}

/** Sends a file or the part that was asked for, in pieces; HEAD sends the headers alone. Returns how many bytes it sends. */
export function sendRange(request: FastifyRequest, reply: FastifyReply, sent: ImmutableFile): number {
  const etag = `"${sent.tag}"`
  // A part of other bytes is of no use: the whole goes out then.
  const asked = request.headers["if-range"] === undefined || request.headers["if-range"] === etag
  const range = byteRange(asked ? request.headers.range : undefined, sent.bytes)
  void reply.headers({
    "content-type": sent.mediaType,
    "accept-ranges": "bytes",
    etag,
    ...(sent.fileName === undefined ? {} : { "content-disposition": `attachment; filename="${sent.fileName}"` })
  })
  const withoutBody = (status: number): number => {
    sent.close?.()
    void reply.code(status).send()
    return 0
  }
  if (request.headers["if-none-match"] === etag) return withoutBody(304)
  if (range === "unsatisfiable") {
    void reply.header("content-range", `bytes */${sent.bytes}`)
    return withoutBody(416)
  }
  const { start, end } = range ?? { start: 0, end: sent.bytes - 1 }
  if (range !== undefined) void reply.code(206).header("content-range", `bytes ${start}-${end}/${sent.bytes}`)
  void reply.header("content-length", end - start + 1)
  if (request.method === "HEAD") return withoutBody(reply.statusCode)
  void reply.send(sent.read(range))
  return end - start + 1
}
