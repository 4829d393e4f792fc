import type { FastifyInstance } from "fastify"
import { openApi } from "../../api/openApi.ts"
import { otherRoutes } from "../../api/otherRoutes.ts"
import { routes } from "../../api/routes.ts"
import { referencePage } from "./referencePage.ts"
import { referenceStyle } from "./referenceStyle.ts"

const anyone = { config: { callers: "anyone" as const } }

/** The document of the API as a page to read, from this origin alone and without a script. */
export function apiReference(server: FastifyInstance): void {
  let page: string | undefined
  server.get("/api", anyone, async (_request, reply) =>
    reply.type("text/html; charset=utf-8").send((page ??= referencePage(openApi(routes, otherRoutes))))
  )
  server.get("/api/reference.css", anyone, async (_request, reply) =>
    reply.type("text/css; charset=utf-8").header("cache-control", "no-cache").send(referenceStyle)
  )
}
