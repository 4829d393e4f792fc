import type { Effect, ManagedRuntime } from "effect"
import type { FastifyInstance } from "fastify"
import { BadInput } from "#core/BadInput.ts"
import type { Records } from "#core/records/Records.ts"
import { lineageEvents } from "#pipelines/lineage/lineageEvents.ts"
import { seenBy } from "../view/seenBy.ts"
import type { Views } from "../Views.ts"

const path = "/api/v1/lineage"
/** Events of wide tables are large; our own are capped far below this. */
const mostBytes = 1024 * 1024
const mostAtOnce = 1000

/**
 * Takes OpenLineage events in and gives them out, ours and those of others, where tools that speak OpenLineage look for them. For stewards, by
 * the same rules as every route: a session, and this server's own address.
 */
export function lineageRoutes(
  server: FastifyInstance,
  runtime: Pick<ManagedRuntime.ManagedRuntime<Records | Views, unknown>, "runPromise">
): void {
  const config = { callers: ["steward"] as const }
  const run = <A>(effect: Effect.Effect<A, unknown, Records | Views>): Promise<A> => runtime.runPromise(effect)
  server.post(path, { config, bodyLimit: mostBytes }, async (request, reply) => {
    const fresh = await run(lineageEvents.keep([request.body]))
    return reply.code(fresh === 1 ? 201 : 200).send({ kept: fresh })
  })
  server.get(path, { config }, async (request) => {
    const { job, run: runId, after, limit, ...others } = request.query as Record<string, string | undefined>
    if (Object.keys(others).length > 0) throw unknownPart()
    const limited = Math.min(whole(limit, 100), mostAtOnce)
    const seen = await run(seenBy(request.masksOf!))
    const { events, next } = await run(lineageEvents.read({ job, run: runId, after: whole(after, 0), limit: limited }))
    return { events: events.map((event) => seen.without(event)), next }
  })
}

function whole(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw unknownPart()
}

const unknownPart = (): BadInput =>
  new BadInput({
    code: "request.address",
    message: "The address of the request does not have the expected form.",
    fix: "Ask with job, run, after and limit, the last two as whole numbers: /api/v1/lineage?job=core.order&limit=50."
  })
