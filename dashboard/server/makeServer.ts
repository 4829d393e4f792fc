import Fastify from "fastify"
import type { FastifyInstance } from "fastify"
import { answerEmbeds } from "./embed/answerEmbeds.ts"
import { answerFailures } from "./http/answerFailures.ts"
import { apiReference } from "./http/apiReference.ts"
import { apiRoutes } from "./http/apiRoutes.ts"
import { authorise } from "./http/authorise.ts"
import { compress } from "./http/compress.ts"
import { guardOrigin } from "./http/guardOrigin.ts"
import { limitRate } from "./http/limitRate.ts"
import { observe } from "./http/observe.ts"
import { pressure } from "./http/pressure.ts"
import { readWeb } from "./http/readWeb.ts"
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
  const files = readWeb(options.web)
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
  pressure(server)
  authorise(server, options)
  observe(server, options)
  limitRate(server)
  compress(server)
  // Behind the two above, which are plugins and see only the routes that come after them.
  void server.register((inner, _options, done) => {
    apiRoutes(inner, options)
    apiReference(inner)
    answerEmbeds(inner, options)
    options.mount?.(inner)
    webFiles(inner, files)
    done()
  })
  return server
}
