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
import type { Patience } from "./Patience.ts"
import { refuseMalformed } from "./http/refuseMalformed.ts"
import type { ServerOptions } from "./ServerOptions.ts"

/** Browsers take six each. */
const mostSockets = 2000
const usual: Patience = { head: 10_000, whole: 30_000, idle: 60_000, next: 10_000 }

/**
 * Makes the server, not yet listening: one concern a file, in the order in which a request meets them.
 *
 * @throws Unavailable if the pages have not been built
 */
export function makeServer(options: ServerOptions): FastifyInstance {
  const files = readWeb(options.web)
  const { head, whole, idle, next } = options.patience ?? usual
  const server = Fastify({
    ...refuseMalformed,
    bodyLimit: 64 * 1024,
    requestTimeout: whole,
    connectionTimeout: idle,
    keepAliveTimeout: next,
    // Looked at ten times as often as the shorter one ends: Node's own half minute lets slow senders keep their sockets.
    http: { headersTimeout: head, connectionsCheckingInterval: Math.ceil(Math.min(head, whole) / 10) },
    // Sockets that only wait for a next request do not hold up the end.
    forceCloseConnections: "idle",
    return503OnClosing: true,
    routerOptions: { maxParamLength: 200 },
    exposeHeadRoutes: false,
    trustProxy: false
  })
  server.server.maxConnections = mostSockets
  // Any page may post text to any other without being asked; nothing here is text.
  server.removeContentTypeParser("text/plain")
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
