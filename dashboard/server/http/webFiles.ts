import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { promisify } from "node:util"
import { constants, brotliCompress, gzip } from "node:zlib"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { WebFile } from "./readWeb.ts"

/** A file as it goes out. */
interface Prepared {
  readonly bytes: Buffer
  readonly encoding: "br" | "gzip" | undefined
  readonly tag: string
}

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** Serves the built pages: hashed names for a year, the page itself checked each time, and the page for every address of its own. */
export function webFiles(server: FastifyInstance, files: ReadonlyMap<string, WebFile>): void {
  // Text is compressed once; fonts are read when asked, since there are hundreds.
  const prepared = new Map<string, Promise<Prepared>>()
  const prepare = (file: WebFile, encoding: Prepared["encoding"]): Promise<Prepared> => {
    const name = `${encoding ?? ""} ${file.path}`
    const known = prepared.get(name)
    if (known !== undefined) return known
    const fresh = read(file, encoding)
    if (file.text) prepared.set(name, fresh)
    return fresh
  }
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const address = request.url.split("?", 1)[0]!
    // Every other address is one of the page's own: /products/x, /assets/core.order.
    const page = /^\/(static\/|api\/|embed\.js$)/.test(address) ? undefined : files.get("/index.html")
    const file = files.get(address) ?? page
    if (file === undefined) {
      reply.callNotFound()
      return reply
    }
    const accepted = String(request.headers["accept-encoding"] ?? "")
    const encoding = file.text
      ? /\bbr\b/.test(accepted)
        ? "br"
        : /\bgzip\b/.test(accepted)
          ? "gzip"
          : undefined
      : undefined
    const { bytes, tag } = await prepare(file, encoding)
    void reply.headers({
      "content-type": file.mediaType,
      "cache-control": file.immutable ? "public, max-age=31536000, immutable" : "no-cache",
      etag: tag,
      // The one file that pages of others load; everything else stays with the own origin.
      ...(address === "/embed.js"
        ? { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" }
        : {}),
      ...(file.text ? { vary: "accept-encoding" } : {}),
      ...(encoding === undefined ? {} : { "content-encoding": encoding })
    })
    return request.headers["if-none-match"] === tag ? reply.code(304).send() : reply.send(bytes)
  }
  server.route({ method: ["GET", "HEAD"], url: "/*", config: { callers: "anyone" }, handler: answer })
}

async function read(file: WebFile, encoding: Prepared["encoding"]): Promise<Prepared> {
  const plain = await readFile(file.path)
  const bytes =
    encoding === "br"
      ? await brotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
      : encoding === "gzip"
        ? await zip(plain)
        : plain
  const tag = `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}${encoding ?? ""}"`
  return { bytes, encoding, tag }
}
