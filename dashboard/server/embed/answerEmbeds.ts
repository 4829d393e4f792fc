import { Clock, Effect, Schema } from "effect"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { BadInput } from "#core/BadInput.ts"
import { Refused } from "#core/Refused.ts"
import { openAccess } from "#privacy/access/openAccess.ts"
import { PublicPrice } from "../../api/embed/PublicPrice.ts"
import type { EmbedToken } from "../../api/embed/EmbedToken.ts"
import { Lineage } from "../../api/Lineage.ts"
import { keepJudged } from "../http/keepJudged.ts"
import type { ServerOptions } from "../ServerOptions.ts"
import { Embeds } from "./Embeds.ts"
import { judgeEmbed } from "./judgeEmbed.ts"

/** Requests a minute from one address, and by one token from all addresses. */
const ofAddress = 300
const ofToken = 3000

const open = {
  config: {
    callers: "anyone" as const,
    rateLimit: { max: ofAddress, timeWindow: 60_000, keyGenerator: ({ ip }: FastifyRequest) => `embed ${ip}` }
  }
}

/**
 * What pages of others may ask, by a token alone: no cookie is taken, the browser must say whose page it is, and only that page may read the
 * answer. Every decision is kept under the name of its token.
 */
export function answerEmbeds(server: FastifyInstance, options: ServerOptions): void {
  const run = <A>(use: (embeds: Embeds["Service"]) => Effect.Effect<A, unknown>): Promise<A> =>
    options.runtime.runPromise(Embeds.use(use))
  const keep = keepJudged(server, options)
  const policies = openAccess().epoch
  const rate = new Map<string, number>()
  const timer = setInterval(() => rate.clear(), 60_000).unref()
  server.addHook("onClose", async () => clearInterval(timer))

  const admit = async (request: FastifyRequest, reply: FastifyReply, kind: EmbedToken["kind"], target: string) => {
    void reply.header("vary", "origin")
    if (request.headers.cookie !== undefined) throw noCookies()
    const own = `http://${request.headers.host}`
    // A browser names no origin where a page asks its own server, and lets no script say so falsely.
    const isOwn = request.headers["sec-fetch-site"] === "same-origin"
    const origin = request.headers.origin ?? (isOwn ? own : undefined)
    const secret = /^Bearer (emb_[\w-]{43})$/.exec(request.headers.authorization ?? "")?.[1]
    const token = secret === undefined ? undefined : await run((embeds) => embeds.find(secret))
    const at = await options.runtime.runPromise(Clock.currentTimeMillis)
    const because = judgeEmbed(token, { origin, own, kind, target, now: new Date(at).toISOString() })
    // The page that the token is for may read why it is refused; no other page reads anything.
    if (token !== undefined && origin !== undefined && because !== "origin")
      void reply.header("access-control-allow-origin", origin)
    keep({
      at,
      name: token?.id ?? "",
      role: "embed",
      action: "embed",
      resource: `${kind} ${target} on ${origin ?? "no page"}`.slice(0, 300),
      allowed: because === undefined,
      because: because ?? "embed-token",
      policies
    })
    if (because !== undefined) throw refusals[because]()
    const times = (rate.get(token!.id) ?? 0) + 1
    rate.set(token!.id, times)
    if (times > ofToken) throw Object.assign(new Error("too many"), { statusCode: 429 })
  }

  server.options("/api/embed/v1/*", open, async (request, reply) => {
    const { origin } = request.headers
    const admitted = origin !== undefined && (await run((embeds) => embeds.admits(origin)))
    void reply.header("vary", "origin")
    if (!admitted) throw refusals.origin()
    return reply
      .code(204)
      .headers({
        "access-control-allow-origin": origin,
        "access-control-allow-methods": "GET",
        "access-control-allow-headers": "authorization",
        "access-control-max-age": "600"
      })
      .send()
  })
  server.get("/api/embed/v1/products/:id/price", open, async (request, reply) => {
    const id = plain((request.params as { id: string }).id)
    await admit(request, reply, "product", id)
    return Schema.encodeSync(PublicPrice)(await run((embeds) => embeds.price(id)))
  })
  for (const [path, kind] of [
    ["products", "product"],
    ["assets", "asset"]
  ] as const)
    server.get(`/api/embed/v1/${path}/:id/lineage`, open, async (request, reply) => {
      const id = plain((request.params as { id: string }).id)
      await admit(request, reply, kind, id)
      return Schema.encodeSync(Lineage)(await run((embeds) => embeds.lineage(kind, id)))
    })
}

function plain(id: string): string {
  if (/^[a-z0-9][a-z0-9_.-]{0,119}$/.test(id)) return id
  throw new BadInput({
    code: "request.form",
    message: "This is no name of a product or an asset.",
    fix: "Take the snippet as the house gave it."
  })
}

const noCookies = (): Refused =>
  new Refused({
    code: "embed.cookie",
    message: "No cookie is taken here: a token opens this, and nothing else does.",
    fix: 'Ask with credentials: "omit".'
  })

const refusals = {
  unknown: () =>
    new Refused({
      code: "session.embed",
      message: "The token is not known here.",
      fix: "Take the snippet as the house gave it, or ask the house for a new one."
    }),
  origin: () =>
    new Refused({
      code: "embed.origin",
      message: "The token is not for this page.",
      fix: "Ask the house for a token that names the origin of this page."
    }),
  ended: () =>
    new Refused({
      code: "session.embed-ended",
      message: "The token has expired or was taken back.",
      fix: "Ask the house for a new one."
    }),
  scope: () =>
    new Refused({
      code: "embed.scope",
      message: "The token is for something else.",
      fix: "Use the token that was made for this product or asset."
    })
}
