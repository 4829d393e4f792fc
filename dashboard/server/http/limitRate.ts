import rateLimit from "@fastify/rate-limit"
import type { FastifyInstance } from "fastify"

const aMinute = 60_000
/** Of one session; a page asks for some ten things. */
const ofSession = 6000
/** Of one address without a session. */
const ofAddress = 1200

/** At most so many requests to the API in a minute from one session, or from one address without a session. */
export function limitRate(server: FastifyInstance): void {
  void server.register(rateLimit, {
    global: true,
    timeWindow: aMinute,
    cache: 10_000,
    max: ({ session }) => (session === undefined ? ofAddress : ofSession),
    keyGenerator: ({ session, ip }) => session?.id ?? ip,
    allowList: ({ url }) => !url.startsWith("/api/") && !url.startsWith("/delta-sharing/")
  })
}
