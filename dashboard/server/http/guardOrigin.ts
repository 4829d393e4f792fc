import type { FastifyInstance } from "fastify"
import { Refused } from "#core/Refused.ts"

/** What is made for pages of others: its tokens name the origins that may have it. */
const isForOthers = (url: string): boolean => url.startsWith("/api/embed/v1/") || /^\/embed\.js($|\?)/.test(url)

/**
 * Answers only to its own name. A page elsewhere that has its name resolved to this machine (DNS rebinding) sends another
 * Host, and a page elsewhere that posts here sends another Origin.
 */
export function guardOrigin(server: FastifyInstance, port: () => number): void {
  server.addHook("onRequest", async (request) => {
    const own = `localhost:${port()}`
    const { origin } = request.headers
    const { rawHeaders, url = "" } = request.raw
    // Of two hosts each reader would believe another one; of an address that names a host, likewise.
    const hosts = rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === "host").length
    if (
      hosts <= 1 &&
      (url.startsWith("/") || url === "*") &&
      request.headers.host === own &&
      (origin === undefined || origin === `http://${own}` || isForOthers(request.url))
    )
      return
    throw new Refused({
      code: "request.origin",
      message: "This server answers only to its own address.",
      fix: `Open http://${own} in the browser of this machine.`
    })
  })
}
