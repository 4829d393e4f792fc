import type { FastifyError, FastifyInstance, FastifyReply } from "fastify"
import type { Problem } from "../../api/Problem.ts"
import { failure } from "../../api/failure.ts"
import type { ServerOptions } from "../ServerOptions.ts"

/** What the HTTP layer itself refuses, in our words: its own texts may repeat what was sent. */
const httpProblems: Readonly<Record<number, Problem["error"]>> = {
  400: {
    code: "request.form",
    message: "The request cannot be read.",
    fix: "Send JSON as /api/openapi.json describes it."
  },
  404: {
    code: "request.unknown",
    message: "There is nothing at this address.",
    fix: "See /api/openapi.json for what there is."
  },
  413: { code: "request.size", message: "The request is too large.", fix: "Send at most 64 KiB." },
  414: { code: "request.address", message: "The address is too long.", fix: "Shorten it." },
  415: {
    code: "request.type",
    message: "The request is not JSON.",
    fix: "Send it with the header content-type: application/json."
  },
  429: { code: "request.rate", message: "Too many requests came in a short time.", fix: "Wait a minute, then go on." },
  431: { code: "request.headers", message: "The headers are too large.", fix: "Send fewer or shorter headers." }
}

/** Turns every failure into `{ error: { code, message, fix } }`. */
export function answerFailures(server: FastifyInstance, { onBug }: ServerOptions): void {
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode
    if (status !== undefined && status >= 400 && status < 500) return answerHttp(reply, status)
    const { status: own, tag, code, message, fix } = failure(error)
    if (tag === "Bug") onBug?.(`${request.method} ${request.routeOptions.url ?? "unknown"}`, error)
    return reply.code(own).send({ error: { code, message, fix } } satisfies Problem)
  })
  server.setNotFoundHandler((_request, reply) => answerHttp(reply, 404))
}

const answerHttp = (reply: FastifyReply, status: number): FastifyReply =>
  reply.code(status).send({ error: httpProblems[status] ?? httpProblems[400]! } satisfies Problem)
