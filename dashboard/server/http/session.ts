import type { FastifyInstance } from "fastify"
import type { OpenSession } from "../Sessions.ts"
import { Sessions } from "../Sessions.ts"
import type { ServerOptions } from "../ServerOptions.ts"
import { sessionCookie } from "./sessionCookie.ts"

declare module "fastify" {
  interface FastifyRequest {
    /** The identifier that came with the cookie, open or not. */
    sessionId: string | undefined
    session: OpenSession | undefined
  }
}

/** What open pages ask for on their own is no sign that anybody is there. */
const isByItself = (url: string): boolean => url.startsWith("/api/events")

/** Finds the session of every request to the API; the pages themselves are the same for all. */
export function session(server: FastifyInstance, { runtime }: ServerOptions): void {
  server.decorateRequest("sessionId", undefined)
  server.decorateRequest("session", undefined)
  server.addHook("onRequest", async (request) => {
    if (!request.url.startsWith("/api/")) return
    const id = sessionCookie.read(request.headers.cookie)
    if (id === undefined) return
    request.sessionId = id
    request.session = await runtime.runPromise(
      Sessions.use((sessions) => sessions.find(id, isByItself(request.url) ? "quietly" : undefined))
    )
  })
}
