import { createHash } from "node:crypto"
import { promisify } from "node:util"
import { brotliCompress, constants, gzip } from "node:zlib"
import type { FastifyReply, FastifyRequest } from "fastify"

/** However little has changed, an answer is made anew after this: some words in it follow the day. */
const mostAge = 60_000
const mostKept = 400
const smallest = 1400

type Encoding = "br" | "gzip" | "plain"

interface Kept {
  readonly version: string
  readonly madeAt: number
  readonly content: Promise<Content>
}

interface Content {
  readonly tag: string
  readonly plain: Buffer
  readonly packed: Map<Encoding, Promise<Buffer>>
}

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/**
 * Keeps encoded answers for as long as the records stand still, by role and address. Those who come at the same time share one making, so a page that
 * two hundred people open costs one.
 */
export class VersionedAnswers {
  readonly #kept = new Map<string, Kept>()

  /** Answers from what is kept, or from `make`; who has this very answer already gets 304. */
  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    version: string,
    make: () => Promise<unknown>
  ): Promise<FastifyReply> {
    const kept = await this.#find(`${request.session?.role ?? ""} ${request.url}`, version, make)
    const accepted = String(request.headers["accept-encoding"] ?? "")
    const encoding: Encoding =
      kept.plain.length < smallest
        ? "plain"
        : /\bbr\b/.test(accepted)
          ? "br"
          : /\bgzip\b/.test(accepted)
            ? "gzip"
            : "plain"
    const etag = `"${kept.tag}${encoding}"`
    void reply.headers({
      "content-type": "application/json; charset=utf-8",
      "cache-control": "private, no-cache",
      vary: "accept-encoding, cookie",
      etag,
      ...(encoding === "plain" ? {} : { "content-encoding": encoding })
    })
    if (request.headers["if-none-match"] === etag) return reply.code(304).send()
    return reply.send(await pack(kept, encoding))
  }

  async #find(key: string, version: string, make: () => Promise<unknown>): Promise<Content> {
    const known = this.#kept.get(key)
    if (known !== undefined && known.version === version && performance.now() - known.madeAt < mostAge)
      return known.content
    const fresh: Kept = { version, madeAt: performance.now(), content: encode(make) }
    this.#kept.delete(key)
    this.#kept.set(key, fresh)
    if (this.#kept.size > mostKept) this.#kept.delete(this.#kept.keys().next().value!)
    try {
      return await fresh.content
    } catch (cause) {
      // A failure is no answer to keep.
      if (this.#kept.get(key) === fresh) this.#kept.delete(key)
      throw cause
    }
  }
}

async function encode(make: () => Promise<unknown>): Promise<Content> {
  const plain = Buffer.from(JSON.stringify(await make()))
  const tag = createHash("sha256").update(plain).digest("base64url").slice(0, 22)
  return { tag, plain, packed: new Map() }
}

function pack({ plain, packed }: Content, encoding: Encoding): Promise<Buffer> | Buffer {
  if (encoding === "plain") return plain
  const known = packed.get(encoding)
  if (known !== undefined) return known
  const fresh = encoding === "br" ? brotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }) : zip(plain)
  packed.set(encoding, fresh)
  return fresh
}
