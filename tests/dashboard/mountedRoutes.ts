import { lineageRoutes } from "#dashboard/server/lineage/lineageRoutes.ts"
import { lookupRoutes } from "#dashboard/server/lookup/lookupRoutes.ts"
import { makeServer } from "#dashboard/server/makeServer.ts"
import { sharingRoutes } from "#dashboard/server/sharing/sharingRoutes.ts"
import type { openTestServer } from "./openTestServer.ts"

/** `METHOD /path` of every route that a serving home has, but the pages'. */
export async function mounted(app: Awaited<ReturnType<typeof openTestServer>>): Promise<ReadonlyArray<string>> {
  const found: Array<string> = []
  // Nothing is asked of them, so nothing of a house is needed.
  const unused = app.runtime as never
  const server = makeServer({
    runtime: app.runtime,
    port: 7425,
    web: app.web,
    mount: (inner) => {
      sharingRoutes(inner, unused)
      lineageRoutes(inner, unused)
      lookupRoutes(inner, unused)
    }
  })
  server.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) if (url !== "/*") found.push(`${one} ${url}`)
  })
  await server.ready()
  await server.close()
  return [...found, "GET /metrics"]
}
