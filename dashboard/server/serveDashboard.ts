import { Effect, Scope } from "effect"
import type { FastifyInstance } from "fastify"
import { Unavailable } from "#core/Unavailable.ts"
import { listeningPort } from "./listeningPort.ts"
import { makeServer } from "./makeServer.ts"
import type { ServerOptions } from "./ServerOptions.ts"

const patience = 10_000

/** A server that answers. */
export interface Serving {
  readonly url: string
  readonly port: number
}

/**
 * Serves until the scope closes, then finishes the requests it has and takes no more. `localhost` is the loopback of both
 * address families and nothing else.
 */
export function serveDashboard(options: ServerOptions): Effect.Effect<Serving, Unavailable, Scope.Scope> {
  return Effect.gen(function* () {
    const server = yield* Effect.acquireRelease(
      Effect.try({ try: () => makeServer(options), catch: unavailable }),
      (server: FastifyInstance) =>
        Effect.promise(() => {
          // Whoever still reads after this long has stopped reading.
          const late = setTimeout(() => server.server.closeAllConnections(), patience).unref()
          return server.close().finally(() => clearTimeout(late))
        })
    )
    yield* Effect.tryPromise({
      try: () => server.listen({ host: "localhost", port: options.port }),
      catch: unavailable
    })
    const port = listeningPort(server)!
    return { url: `http://localhost:${port}`, port }
  })
}

function unavailable(cause: unknown): Unavailable {
  if (cause instanceof Unavailable) return cause
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined
  if (code !== "EADDRINUSE" && code !== "EACCES") throw cause
  return new Unavailable({
    code: "server.port",
    message:
      code === "EADDRINUSE"
        ? "Another program is already listening on this port."
        : "This port may not be used by an ordinary user.",
    fix: "Choose another one with --port."
  })
}
