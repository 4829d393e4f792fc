import { randomBytes } from "node:crypto"
import { Context, Metric } from "effect"
import { PrometheusMetrics } from "effect/observability"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { ServerOptions } from "../ServerOptions.ts"

const requests = Metric.counter("http_requests", { description: "Requests answered, by route and status" })
const seconds = Metric.histogram("http_request_seconds", {
  description: "How long answers took, by route",
  boundaries: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
})
const resident = Metric.gauge("process_resident_memory_bytes", { description: "Resident memory of the process" })
const heap = Metric.gauge("nodejs_heap_used_bytes", { description: "Used heap of the process" })
const nowhere = Context.empty()
/** As other servers note it. */
const left = 499

/** A name for every request, a line in the log when it is answered, and figures at `/metrics`; none of them holds what was asked for. */
export function observe(server: FastifyInstance, { onRequest }: ServerOptions): void {
  server.setGenReqId(() => randomBytes(8).toString("hex"))
  const told = new WeakSet<FastifyRequest>()
  const tell = (request: FastifyRequest, reply: FastifyReply, status: number): void => {
    if (told.has(request)) return
    told.add(request)
    const route = request.routeOptions.url ?? "unknown"
    const { method } = request
    const of = { method, route }
    Metric.withAttributes(requests, { ...of, status: String(status) }).updateUnsafe(1, nowhere)
    Metric.withAttributes(seconds, of).updateUnsafe(reply.elapsedTime / 1000, nowhere)
    onRequest?.({
      at: new Date().toISOString(),
      id: request.id,
      method,
      route,
      status,
      millis: Math.round(reply.elapsedTime * 10) / 10,
      role: request.session?.role ?? null
    })
  }
  server.addHook("onRequest", async (request, reply) => {
    void reply.header("x-request-id", request.id)
    // What was begun to be sent has its status; before that, the caller left without one.
    const gone = (): void => {
      if (!reply.raw.writableFinished) tell(request, reply, reply.raw.headersSent ? reply.raw.statusCode : left)
    }
    if (reply.raw.closed) gone()
    else reply.raw.once("close", gone)
  })
  server.addHook("onResponse", async (request, reply) => tell(request, reply, reply.statusCode))
  server.get("/metrics", { config: { callers: "anyone" } }, async (_request, reply) => {
    const { rss, heapUsed } = process.memoryUsage()
    resident.updateUnsafe(rss, nowhere)
    heap.updateUnsafe(heapUsed, nowhere)
    return reply
      .header("content-type", "text/plain; version=0.0.4; charset=utf-8")
      .send(PrometheusMetrics.formatUnsafe(nowhere, { prefix: "assay" }))
  })
}
