import type { FastifyInstance } from "fastify"
import { Unavailable } from "#core/Unavailable.ts"

/** What a server carries at most. */
export interface Load {
  /** Requests of the API that are being answered at one time. */
  readonly requests: number
  /** The same for one session. */
  readonly ofSession: number
  /** How late the event loop may be three times in a row, in milliseconds. */
  readonly lag: number
}

const usual: Load = { requests: 512, ofSession: 64, lag: 500 }
const tick = 100
const inARow = 3
const always = /^\/(healthz|readyz|metrics)$/

/** Turns requests away while there is more to do than can be done soon: an answer in a second is worth more than a queue without end. */
export function pressure(server: FastifyInstance, most: Load = usual): void {
  let under = 0
  let late = 0
  const ofSession = new Map<string, number>()
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    // One long step is no overload; several in a row are.
    late = now - last - tick > most.lag ? late + 1 : 0
    last = now
  }, tick).unref()
  server.addHook("onClose", async () => clearInterval(timer))

  server.addHook("onRequest", async (request, reply) => {
    const { url } = request
    if (!url.startsWith("/api/") && !always.test(url)) return
    if (always.test(url)) {
      if (url === "/readyz" && late >= inARow) throw busy()
      return
    }
    const session = request.session?.id
    const own = session === undefined ? 0 : (ofSession.get(session) ?? 0)
    if (under >= most.requests || own >= most.ofSession || late >= inARow) {
      void reply.header("retry-after", "1")
      throw busy()
    }
    under += 1
    if (session !== undefined) ofSession.set(session, own + 1)
    let over = false
    reply.raw.once("close", () => {
      if (over) return
      over = true
      under -= 1
      if (session === undefined) return
      const left = (ofSession.get(session) ?? 1) - 1
      if (left === 0) ofSession.delete(session)
      else ofSession.set(session, left)
    })
  })
}

const busy = (): Unavailable =>
  new Unavailable({
    code: "server.busy",
    message: "The server has more to do than it can do soon.",
    fix: "Try again in a second."
  })
