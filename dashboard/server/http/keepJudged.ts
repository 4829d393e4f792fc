import type { FastifyInstance } from "fastify"
import type { ServerOptions } from "../ServerOptions.ts"
import type { Judged } from "./Judged.ts"

const flushMillis = 500
/** Beyond this many different ones between two writes, the same people are asking for very different things: they are written at once. */
const mostWaiting = 5000

/** Gathers decisions and hands them on twice a second, equal ones as one: a page that asks a hundred times is one row. */
export function keepJudged(
  server: FastifyInstance,
  { onJudged }: ServerOptions
): (judged: Omit<Judged, "times">) => void {
  if (onJudged === undefined) return () => undefined
  let waiting = new Map<string, Judged>()
  let writing: Promise<void> = Promise.resolve()
  const add = (judged: Judged): void => {
    const { at: _, times, ...what } = judged
    const key = JSON.stringify(what)
    waiting.set(key, { ...judged, times: (waiting.get(key)?.times ?? 0) + times })
  }
  const flush = (): Promise<void> => {
    if (waiting.size === 0) return writing
    const batch = [...waiting.values()]
    waiting = new Map()
    writing = writing.then(() => onJudged(batch)).catch(() => batch.forEach(add))
    return writing
  }
  const timer = setInterval(() => void flush(), flushMillis).unref()
  server.addHook("onClose", async () => {
    clearInterval(timer)
    await flush()
  })
  return (judged) => {
    add({ ...judged, times: 1 })
    if (waiting.size >= mostWaiting) void flush()
  }
}
