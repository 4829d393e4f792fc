import Fastify from "fastify"
import type { FastifyInstance } from "fastify"
import { answerFailures } from "./http/answerFailures.ts"
import { apiRoutes } from "./http/apiRoutes.ts"
import { authorise } from "./http/authorise.ts"
import { guardOrigin } from "./http/guardOrigin.ts"
import { secureHeaders } from "./http/secureHeaders.ts"
import { session } from "./http/session.ts"
import { webFiles } from "./http/webFiles.ts"
import { listeningPort } from "./listeningPort.ts"
import type { ServerOptions } from "./ServerOptions.ts"

/**
 * Makes the server, not yet listening: one concern a file, in the order in which a request meets them.
 *
 * @throws Unavailable if the pages have not been built
 */
export function makeServer(options: ServerOptions): FastifyInstance {
  const server = Fastify({
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 10_000,
    // Sockets that only wait for a next request do not hold up the end.
    forceCloseConnections: "idle",
    return503OnClosing: true,
    routerOptions: { maxParamLength: 200 },
    exposeHeadRoutes: false,
    trustProxy: false
  })
  const port = (): number => options.port || (listeningPort(server) ?? 0)
  answerFailures(server, options)
  secureHeaders(server)
  guardOrigin(server, port)
  session(server, options)
  authorise(server)
  apiRoutes(server, options)
  options.mount?.(server)
  webFiles(server, options.web)
  return server
}
