import type { FastifyInstance } from "fastify"
import { safeHeaders } from "./safeHeaders.ts"

/** Puts the headers on every answer, errors included. What sets no caching of its own is not stored. */
export function secureHeaders(server: FastifyInstance): void {
  server.addHook("onRequest", async (_request, reply) => {
    void reply.headers(safeHeaders)
  })
  server.addHook("onSend", async (_request, reply) => {
    if (!reply.hasHeader("cache-control")) void reply.header("cache-control", "no-store")
  })
}
