import type { ServerResponse } from "node:http"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { Refused } from "#core/Refused.ts"
import { Sessions } from "../Sessions.ts"
import type { Feed } from "../Feed.ts"
import type { ServerOptions } from "../ServerOptions.ts"

const pollMillis = 400
const beatMillis = 15_000
const mostOfSession = 4
const mostOpen = 200
/** A reader that lets this much pile up is let go; it resumes where it was. */
const mostWaiting = 1 << 20

interface Listener {
  readonly raw: ServerResponse
  readonly feed: Feed
  readonly session: string
  last: number
}

/** Sends a feed to the one who asked, until they leave, their session ends or the server stops. */
export type OpenStream = (request: FastifyRequest, reply: FastifyReply, feed: Feed) => Promise<FastifyReply>

/** Server-sent events: one read a topic for all who listen, and none while nobody does. */
export function eventStreams(server: FastifyInstance, { runtime }: ServerOptions): OpenStream {
  const open = new Set<Listener>()
  let polling: NodeJS.Timeout | undefined
  let beating: NodeJS.Timeout | undefined
  let reading = false

  const leave = (listener: Listener): void => {
    open.delete(listener)
    listener.raw.end()
    if (open.size > 0) return
    clearInterval(polling)
    clearInterval(beating)
    polling = beating = undefined
  }
  const tell = (listener: Listener, text: string): void => {
    if (listener.raw.writableLength > mostWaiting) leave(listener)
    else listener.raw.write(text)
  }
  const readTopic = async (listeners: ReadonlyArray<Listener>): Promise<void> => {
    const from = Math.min(...listeners.map(({ last }) => last))
    const items = await runtime.runPromise(listeners[0]!.feed.read(from))
    for (const listener of listeners) {
      const news = items.filter(({ seq }) => seq > listener.last)
      if (news.length === 0 || !open.has(listener)) continue
      listener.last = news.at(-1)!.seq
      const { event } = listener.feed
      tell(
        listener,
        news.map(({ seq, data }) => `id: ${seq}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`).join("")
      )
    }
  }
  const poll = async (): Promise<void> => {
    if (reading) return
    reading = true
    try {
      for (const listeners of Map.groupBy(open, ({ feed }) => feed.topic).values()) await readTopic(listeners)
    } catch {
      // What cannot be read now is asked for again when they resume.
      for (const listener of open) leave(listener)
    } finally {
      reading = false
    }
  }
  const beat = async (): Promise<void> => {
    for (const listener of open) {
      const session = await runtime
        .runPromise(Sessions.use((sessions) => sessions.find(listener.session, "quietly")))
        .catch(() => undefined)
      if (session === undefined) leave(listener)
      else tell(listener, ": here\n\n")
    }
  }
  server.addHook("preClose", (done) => {
    for (const listener of open) leave(listener)
    done()
  })

  return async (request, reply, feed) => {
    const session = request.sessionId!
    const own = [...open].filter((one) => one.session === session)
    if (own.length >= mostOfSession || open.size >= mostOpen) throw tooMany()
    const resumed = request.headers["last-event-id"]
    const wanted = typeof resumed === "string" && /^\d{1,15}$/.test(resumed) ? Number(resumed) : feed.after
    const last = wanted ?? (await runtime.runPromise(feed.newest))
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no"
    })
    const listener: Listener = { raw, feed, session, last }
    raw.write("retry: 2000\n\n")
    raw.on("close", () => leave(listener))
    raw.on("error", () => leave(listener))
    open.add(listener)
    polling ??= setInterval(() => void poll(), pollMillis).unref()
    beating ??= setInterval(() => void beat(), beatMillis).unref()
    return reply
  }
}

const tooMany = (): Refused =>
  new Refused({
    code: "request.streams",
    message: "This session listens in too many places already.",
    fix: "Close a page that shows live events, then open this one again."
  })
