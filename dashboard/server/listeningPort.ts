import type { FastifyInstance } from "fastify"

/** The port a server listens on; undefined before it does. */
export function listeningPort(server: FastifyInstance): number | undefined {
  const address = server.addresses()[0]
  return typeof address === "object" ? address.port : undefined
}
