import type { FastifyInstance } from "fastify"
import type { OpenSession } from "../Sessions.ts"
import { Sessions } from "../Sessions.ts"
import type { ServerOptions } from "../ServerOptions.ts"
import { sessionCookie } from "./sessionCookie.ts"
import { tickFacts } from "./tickFacts.ts"
import type { TickFacts } from "./tickFacts.ts"

declare module "fastify" {
  interface FastifyRequest {
    /** The identifier that came with the cookie, open or not. */
    sessionId: string | undefined
    session: OpenSession | undefined
    /** The records' version and the time, for requests to the API. */
    tick: TickFacts | undefined
  }
}

interface Known {
  readonly version: string
  readonly at: number
  readonly session: OpenSession
}

/** A session that is used is looked up at least this often, so that its last use is written. */
const lookMillis = 15_000
const mostKnown = 10_000

/** What open pages ask for on their own is no sign that anybody is there. */
const isByItself = (url: string): boolean => url.startsWith("/api/events")

/**
 * Finds the session of every request to the API; the pages themselves are the same for all. What was found holds while the records stand still: ending
 * a session changes them.
 */
export function session(server: FastifyInstance, options: ServerOptions): void {
  const facts = tickFacts(options)
  const known = new Map<string, Known>()
  server.decorateRequest("sessionId", undefined)
  server.decorateRequest("session", undefined)
  server.decorateRequest("tick", undefined)
  server.addHook("onSend", async ({ method }) => {
    if (method !== "GET" && method !== "HEAD") facts.forget()
  })
  server.addHook("onRequest", async (request) => {
    // Pages of others are known by their tokens alone.
    if (!request.url.startsWith("/api/") || request.url.startsWith("/api/embed/")) return
    const { version, now } = (request.tick = await facts.read())
    const id = sessionCookie.read(request.headers.cookie)
    if (id === undefined) return
    request.sessionId = id
    const found = known.get(id)
    if (found?.version === version && now - found.at < lookMillis && now < found.session.endsAt) {
      request.session = found.session
      return
    }
    const quietly = isByItself(request.url) ? "quietly" : undefined
    const open = await options.runtime.runPromise(Sessions.use((sessions) => sessions.find(id, quietly)))
    request.session = open
    known.delete(id)
    if (open === undefined || quietly !== undefined) return
    // The oldest stand first; those who left are not kept longer than those who stay.
    for (const [other, { at }] of known) {
      if (now - at < lookMillis && known.size < mostKnown) break
      known.delete(other)
    }
    known.set(id, { version, at: now, session: open })
  })
}
