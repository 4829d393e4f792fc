import { Effect, Schema } from "effect"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Route } from "../../api/route.ts"
import { routes } from "../../api/routes.ts"
import { Asking } from "../Asking.ts"
import type { ServerOptions } from "../ServerOptions.ts"
import type { Feed } from "../Feed.ts"
import type { Delivery } from "../Views.ts"
import type { Call, Handler } from "./Call.ts"
import { decodeInput } from "./decodeInput.ts"
import { eventStreams } from "./eventStreams.ts"
import { handlers } from "./handlers.ts"
import { sendRange } from "./sendRange.ts"
import { sessionCookie } from "./sessionCookie.ts"
import { VersionedAnswers } from "./VersionedAnswers.ts"

/** Mounts every declared route on its handler. */
export function apiRoutes(server: FastifyInstance, options: ServerOptions): void {
  const { runtime } = options
  const openStream = eventStreams(server, options)
  const answers = new VersionedAnswers()
  for (const [name, route] of Object.entries<Route>(routes)) {
    // The table of handlers is checked route by route where it is written; here the pairing is by name.
    const handler = handlers[name as keyof typeof handlers] as Handler<Route>
    server.route({
      method: route.method,
      url: route.path,
      ...(route.mostBytes === undefined ? {} : { bodyLimit: route.mostBytes }),
      config: { callers: route.callers, ...(route.fresh === true ? { fresh: true } : {}) },
      handler: async (request, reply) => {
        const make = () => {
          const asker = { masksOf: request.masksOf!, session: request.session?.id ?? "" }
          return runtime.runPromise(
            handler(readCall(route, request, reply)).pipe(
              Effect.provideService(Asking, asker),
              Effect.withSpan(`${route.method} ${route.path}`, { kind: "server" })
            )
          )
        }
        if (route.versioned === true) {
          return answers.send(request, reply, request.tick!.version, async () => encode(route, await make()))
        }
        const answer = await make()
        if (route.response === "stream") return openStream(request, reply, answer as Feed)
        return route.response === "file"
          ? sendFile(request, reply, answer as Delivery)
          : reply.send(encode(route, answer))
      }
    })
  }
}

function readCall(route: Route, request: FastifyRequest, reply: FastifyReply): Call<Route> {
  const query = Schema.Struct(route.query ?? {})
  return {
    params: request.params as Record<string, string>,
    query: decodeInput(query, { ...(request.query as object) }, "address") as Call<Route>["query"],
    body: (route.body === undefined ? undefined : decodeInput(route.body, request.body, "body")) as undefined,
    // `authorise` let the request through, so a session is here wherever the route needs one.
    session: request.session as Call<Route>["session"],
    masksOf: request.masksOf!,
    origin: `http://${request.headers.host}`,
    sessionId: request.sessionId,
    keepSession: (id) =>
      void reply.header("set-cookie", id === undefined ? sessionCookie.clear : sessionCookie.write(id))
  }
}

/** Encoding drops every field that the route does not declare: what a view holds beyond it stays inside. */
function encode(route: Route, answer: unknown): unknown {
  return typeof route.response === "string" ? answer : Schema.encodeUnknownSync(route.response)(answer)
}

/** A name that fits a header and a file system whatever the product is called. */
const plainName = (name: string): string => name.replaceAll(/[^\w.-]/g, "_").slice(0, 120)

function sendFile(request: FastifyRequest, reply: FastifyReply, delivery: Delivery): FastifyReply {
  const { fileName, mediaType, artefact, size } = delivery
  void reply.header("x-assay-artefact", artefact)
  sendRange(request, reply, {
    bytes: size,
    tag: artefact,
    mediaType,
    fileName: plainName(fileName),
    read: (range) => delivery.read(range),
    close: () => delivery.close()
  })
  return reply
}
