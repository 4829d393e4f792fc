import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Problem } from "../../api/Problem.ts"
import { failure } from "../../api/failure.ts"
import type { ServerOptions } from "../ServerOptions.ts"
import { allowedMethods } from "./allowedMethods.ts"
import { httpProblems } from "./httpProblems.ts"

/** Turns every failure into `{ error: { code, message, fix } }`. */
export function answerFailures(server: FastifyInstance, { onBug }: ServerOptions): void {
  const allowed = allowedMethods(server)
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    if (hasLeft(error, request)) return answerHttp(reply, 499)
    const status = error.statusCode
    if (status !== undefined && status >= 400 && status < 500) return answerHttp(reply, status)
    const { status: own, tag, code, message, fix } = failure(error)
    if (tag === "Bug") onBug?.(`${request.method} ${request.routeOptions.url ?? "unknown"}`, error)
    return reply.code(own).send({ error: { code, message, fix } } satisfies Problem)
  })
  server.setNotFoundHandler((request, reply) => {
    const methods = allowed(request.url)
    if (methods.length === 0 || methods.includes(request.method)) return answerHttp(reply, 404)
    void reply.header("allow", methods.join(", "))
    return request.method === "OPTIONS" ? reply.code(204).send() : answerHttp(reply, 405)
  })
}

/** Whoever hangs up in the middle of asking or of the answer: no fault of the server, and nobody is there to be told. */
const hasLeft = (error: FastifyError, { raw }: FastifyRequest): boolean =>
  ["ERR_STREAM_PREMATURE_CLOSE", "ECONNRESET", "ECONNABORTED", "EPIPE"].includes(error.code) && raw.socket.destroyed

const answerHttp = (reply: FastifyReply, status: number): FastifyReply =>
  reply.code(status).send({ error: httpProblems[status] ?? httpProblems[400]! } satisfies Problem)
