import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert } from "@effect/vitest"
import { Effect, Exit, Layer, ManagedRuntime, Scope } from "effect"
import { Consent } from "#privacy/consent/Consent.ts"
import { Revocations } from "#privacy/consent/revocation/Revocations.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { Connections } from "#pipelines/sources/Connections.ts"
import { ProductFiles } from "#catalog/product/ProductFiles.ts"
import type { Role } from "#dashboard/api/Role.ts"
import { mintLink } from "#dashboard/server/mintLink.ts"
import { serveDashboard } from "#dashboard/server/serveDashboard.ts"
import { viewsLayer } from "#dashboard/server/viewsLayer.ts"
import { houseApp } from "../../app.ts"

const asOf = new Date().toISOString().slice(0, 10)

/**
 * The example of the repairer on a server, its purchases landed: whoever signs in is a role, or one customer by the name in the source.
 *
 * @param web folder of the built pages; left out, there are none
 */
export async function openRepairShop(web?: string) {
  const folder = mkdtempSync(join(tmpdir(), "assay-portal-"))
  cpSync(fileURLToPath(new URL("../../examples/repair", import.meta.url)), folder, { recursive: true })
  const home = join(folder, "home")
  const runtime = ManagedRuntime.make(viewsLayer.pipe(Layer.provideMerge(houseApp(home))))
  const pages = web ?? join(folder, "web")
  if (web === undefined) {
    mkdirSync(pages)
    writeFileSync(join(pages, "index.html"), "<!doctype html>")
  }
  const scope = Effect.runSync(Scope.make())
  const serving = await runtime.runPromise(
    serveDashboard({ runtime, port: 0, web: pages }).pipe(Effect.provideService(Scope.Scope, scope))
  )
  const signIn = async (role: Role, name?: string, subject?: number): Promise<string> =>
    useLink(await runtime.runPromise(mintLink(role, serving.port, name, subject)))
  const useLink = async (link: string): Promise<string> => {
    const answer = await fetch(`${serving.url}/api/sign-in`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: serving.url },
      body: JSON.stringify({ token: link.slice(link.lastIndexOf("#") + 1) })
    })
    return answer.headers.get("set-cookie")!.split(";", 1)[0]!
  }
  const call = (cookie: string, path: string, body?: object | "post"): Promise<Response> =>
    fetch(`${serving.url}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        cookie,
        origin: serving.url,
        ...(typeof body === "object" ? { "content-type": "application/json" } : {})
      },
      ...(typeof body === "object" ? { body: JSON.stringify(body) } : {})
    })
  const ask = async <A>(cookie: string, path: string, body?: object | "post"): Promise<A> => {
    const answer = await call(cookie, path, body)
    const text = await answer.text()
    assert.strictEqual(answer.status, 200, `${path}: ${text.slice(0, 300)}`)
    return JSON.parse(text) as A
  }
  const runAll = (unattended = false) =>
    runtime.runPromise(
      Effect.gen(function* () {
        const epoch = yield* (yield* Consent).epoch
        const made = yield* (yield* Engine).run({ selection: "", asOf, unattended, onEvent: () => undefined })
        if (made.failed.length === 0) yield* (yield* Revocations).settle(epoch)
        return made
      })
    )
  await runtime.runPromise(Effect.flatMap(Connections, (all) => all.add(join(folder, "source.yaml"))))
  await runtime.runPromise(Effect.flatMap(ProductFiles, (all) => all.add(join(folder, "repair_history.product.yaml"))))
  await runAll()
  return {
    folder,
    home,
    run: runtime.runPromise.bind(runtime) as typeof runtime.runPromise,
    runAll,
    customer: async (id: string) => {
      const subj = await runtime.runPromise(Consent.use((consent) => consent.subject(id)))
      return { subj, cookie: await signIn("customer", `customer-${subj}`, subj) }
    },
    /** A one-time link for a customer, for a browser. */
    linkOf: async (id: string) => {
      const subj = await runtime.runPromise(Consent.use((consent) => consent.subject(id)))
      return runtime.runPromise(mintLink("customer", serving.port, `customer-${subj}`, subj))
    },
    signIn,
    useLink,
    call,
    ask,
    close: async () => {
      await Effect.runPromise(Scope.close(scope, Exit.void))
      await runtime.dispose()
    }
  }
}
