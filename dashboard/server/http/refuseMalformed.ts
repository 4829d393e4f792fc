import type { Socket } from "node:net"
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify"
import type { Problem } from "../../api/Problem.ts"
import { httpProblems } from "./httpProblems.ts"
import { safeHeaders } from "./safeHeaders.ts"

const statusOf: Readonly<Record<string, readonly [status: number, reason: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, "Request Timeout"],
  HPE_HEADER_OVERFLOW: [431, "Request Header Fields Too Large"]
}

/** Answers what never becomes a request, or one without a route, in the form of all other refusals; nothing of it is repeated. */
export const refuseMalformed = {
  clientErrorHandler: ({ code }: NodeJS.ErrnoException, socket: Socket): void => {
    // Who has left is told nothing.
    if (code === "ECONNRESET" || !socket.writable) return void socket.destroy()
    const [status, reason] = statusOf[String(code)] ?? [400, "Bad Request"]
    const body = JSON.stringify({ error: httpProblems[status]! } satisfies Problem)
    const head = [
      `HTTP/1.1 ${status} ${reason}`,
      "content-type: application/json; charset=utf-8",
      `content-length: ${Buffer.byteLength(body)}`,
      "cache-control: no-store",
      "connection: close"
    ]
    // The rest is not read: whoever goes on sending must not keep the socket.
    socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy())
  },
  frameworkErrors: ({ statusCode }: FastifyError, _request: FastifyRequest, reply: FastifyReply): void => {
    const status = statusCode === 414 ? 414 : 400
    void reply
      .code(status)
      .headers({ ...safeHeaders, "cache-control": "no-store" })
      .send({ error: httpProblems[status]! } satisfies Problem)
  }
}
