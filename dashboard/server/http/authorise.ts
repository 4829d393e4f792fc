import type { FastifyInstance } from "fastify"
import { Refused } from "#core/Refused.ts"
import type { Callers } from "../../api/route.ts"

declare module "fastify" {
  interface FastifyContextConfig {
    callers?: Callers
  }
}

/** Holds each route to its declared callers. A route that declares none stops the start: forgetting is not permitting. */
export function authorise(server: FastifyInstance): void {
  server.addHook("onRoute", (route) => {
    if (route.config?.callers === undefined) {
      throw new Error(`The route ${String(route.method)} ${route.url} does not say who may call it`)
    }
  })
  server.addHook("preValidation", async (request) => {
    const { callers } = request.routeOptions.config
    // The handler for unknown addresses is no route.
    if (callers === undefined || callers === "anyone") return
    if (request.session === undefined) {
      throw new Refused({
        code: "session.none",
        message: "You are not signed in, or your session has ended.",
        fix: "Run `assay sign-in ROLE` on the machine that serves the dashboard and open the link it prints."
      })
    }
    if (!callers.includes(request.session.role)) {
      throw new Refused({
        code: "role.refused",
        message: `The role ${request.session.role} may not do this.`,
        fix: `Sign in as ${callers.join(" or ")}.`
      })
    }
  })
}
