import type { Effect, ManagedRuntime } from "effect"
import type { FastifyInstance, FastifyRequest } from "fastify"
import { Lookups } from "#catalog/lookup/Lookups.ts"
import { notKnown } from "#catalog/lookup/readKey.ts"

/** Calls a minute from one address: programs call, and every call is metered; what the limit holds back is the guessing of keys. */
const mostCalls = 300_000

/** Open to whoever has a key, and to nobody by a session. */
const open = {
  config: {
    callers: "anyone" as const,
    rateLimit: { max: mostCalls, timeWindow: 60_000, keyGenerator: ({ ip }: FastifyRequest) => `key ${ip}` }
  }
}

/** The per-call API: rows of what a key's order or trial opens, looked up by the key columns of the release. */
export function lookupRoutes(
  server: FastifyInstance,
  runtime: Pick<ManagedRuntime.ManagedRuntime<Lookups, unknown>, "runPromise">
): void {
  const run = <A>(use: (lookups: Lookups["Service"]) => Effect.Effect<A, unknown>): Promise<A> =>
    runtime.runPromise(Lookups.use(use))

  server.get("/api/v1/lookup/:product", open, async (request) => {
    const token = tokenOf(request)
    const { product } = request.params as { product: string }
    const { columns, rows, ...found } = await run((lookups) =>
      lookups.lookup(token, product, request.query as Record<string, unknown>)
    )
    return { ...found, columns, rows }
  })
  server.get("/api/v1/usage", open, async (request) => {
    const token = tokenOf(request)
    return { totals: await run((lookups) => lookups.usage(token)) }
  })
}

function tokenOf(request: FastifyRequest): string {
  const token = /^Bearer ([\w-]{1,200})$/i.exec(request.headers.authorization ?? "")?.[1]
  if (token === undefined) throw notKnown()
  return token
}
