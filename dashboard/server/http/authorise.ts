import { Clock } from "effect"
import type { FastifyInstance, FastifyRequest } from "fastify"
import { Refused } from "#core/Refused.ts"
import { openAccess } from "#privacy/access/openAccess.ts"
import type { RouteFacts } from "#privacy/access/RouteFacts.ts"
import type { Surroundings } from "#privacy/access/Surroundings.ts"
import type { Viewer } from "#privacy/access/Viewer.ts"
import type { Callers } from "../../api/route.ts"
import type { ServerOptions } from "../ServerOptions.ts"
import type { MasksOf } from "./MasksOf.ts"
import { keepJudged } from "./keepJudged.ts"
import { RiskOf } from "./RiskOf.ts"

declare module "fastify" {
  interface FastifyRequest {
    /** There once the route was decided on. */
    masksOf: MasksOf | undefined
  }
  interface FastifyContextConfig {
    callers?: Callers
    /** Only for who showed within the last five minutes that it is them. */
    fresh?: true
  }
}

/**
 * Holds each route to the policies of the house, which know its declared callers. A route that declares none stops the start: forgetting is not
 * permitting. Every decision is recorded.
 */
export function authorise(server: FastifyInstance, options: ServerOptions): void {
  const rules = openAccess()
  const keep = keepJudged(server, options)
  const risk = new RiskOf()
  server.decorateRequest("masksOf", undefined)
  server.addHook("onRoute", (route) => {
    if (route.config?.callers === undefined) {
      throw new Error(`The route ${String(route.method)} ${route.url} does not say who may call it`)
    }
  })
  server.addHook("preValidation", async (request) => {
    const { callers, fresh } = request.routeOptions.config
    // The handler for unknown addresses is no route; the pages themselves are the same for all.
    if (callers === undefined || request.routeOptions.url === "/*") return
    const { session } = request
    const at = request.tick?.now ?? (await options.runtime.runPromise(Clock.currentTimeMillis))
    const viewer: Viewer = {
      role: session?.role ?? "nobody",
      name: session?.name ?? "",
      device: session?.method ?? "none",
      assurance:
        session === undefined ? Number.MAX_SAFE_INTEGER : Math.max(0, Math.floor((at - session.verifiedAt) / 1000))
    }
    const facts: RouteFacts = {
      name: `${request.method} ${request.routeOptions.url}`,
      callers: callers === "anyone" ? undefined : callers,
      fresh: fresh === true,
      writes: request.method !== "GET" && request.method !== "HEAD"
    }
    const surroundings = around(request, at, risk.level(session?.id, at))
    request.masksOf = (fields) => rules.fields(viewer, fields, surroundings)
    const { allowed, because } = rules.call(viewer, facts, surroundings)
    keep({
      at,
      name: viewer.name,
      role: viewer.role,
      action: "call",
      resource: facts.name,
      allowed,
      because: because.join(" "),
      policies: rules.epoch
    })
    if (allowed) return
    if (session === undefined) throw signedOut()
    risk.refused(session.id, at)
    if (facts.callers?.includes(session.role) === false) throw wrongRole(session.role, facts.callers)
    throw because.includes("step-up") ? unverified() : refusedByRule(because)
  })
}

const around = ({ ip }: FastifyRequest, at: number, risk: Surroundings["risk"]): Surroundings => ({
  purpose: "operate",
  zone: ip === "127.0.0.1" || ip === "::1" || ip === "::ffff:127.0.0.1" ? "loopback" : "network",
  hour: Math.floor(at / 3_600_000) % 24,
  risk
})

const signedOut = (): Refused =>
  new Refused({
    code: "session.none",
    message: "You are not signed in, or your session has ended.",
    fix: "Sign in with your passkey, or run `assay sign-in ROLE` on the machine that serves the dashboard and open the link it prints."
  })

const wrongRole = (role: string, callers: ReadonlyArray<string>): Refused =>
  new Refused({
    code: "role.refused",
    message: `The role ${role} may not do this.`,
    fix: `Sign in as ${callers.join(" or ")}.`
  })

const unverified = (): Refused =>
  new Refused({
    code: "access.stepup",
    message: "This step needs a verification of the last five minutes.",
    fix: "Verify with your passkey and do it again; on the demo, open a new sign-in link."
  })

const refusedByRule = (because: ReadonlyArray<string>): Refused =>
  new Refused({
    code: "access.rule",
    message: `A rule of access refuses this: ${because.join(", ")}.`,
    fix: "Verify with your passkey and do it again, or ask an admin."
  })
