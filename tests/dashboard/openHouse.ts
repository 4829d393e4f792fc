import { createHash } from "node:crypto"
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Exit, Layer, ManagedRuntime, Scope } from "effect"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { BackupManifest } from "#catalog/backup/BackupManifest.ts"
import { checkHome } from "#catalog/backup/checkHome.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { Role } from "#dashboard/api/Role.ts"
import { RestoredHouse } from "#dashboard/server/face/admin/RestoredHouse.ts"
import { mintLink } from "#dashboard/server/mintLink.ts"
import { AccessLog } from "#dashboard/server/security/AccessLog.ts"
import type { ServerOptions } from "#dashboard/server/ServerOptions.ts"
import { serveDashboard } from "#dashboard/server/serveDashboard.ts"
import { lineageRoutes } from "#dashboard/server/lineage/lineageRoutes.ts"
import { lookupRoutes } from "#dashboard/server/lookup/lookupRoutes.ts"
import { sharingRoutes } from "#dashboard/server/sharing/sharingRoutes.ts"
import { mendWarehouse } from "#dashboard/server/view/mendWarehouse.ts"
import { viewsLayer } from "#dashboard/server/viewsLayer.ts"
import { houseApp } from "../../app.ts"
import { listVersion } from "../catalog/listVersion.ts"
import { sampleVersion } from "../catalog/sampleVersion.ts"

type Services = Layer.Success<ReturnType<typeof houseApp>>

/** Opens what a drill restored, as `serve` does. */
const restored = Layer.succeed(RestoredHouse, (path: string, manifest: Pick<BackupManifest, "facts">) =>
  mendWarehouse(Effect.scoped(Effect.provide(checkHome(manifest), houseApp(path))))
)

/** Every type that a released table may have. */
const table = `select 'state ' || (i % 31) as state, i::bigint as orders, (i * 7)::double as spend, (i / 4)::double as mean,
  date '2026-01-01' + i::int as day, case when i % 9 = 0 then null else i % 2 = 0 end as known, i::utinyint as small
  from range(0, 250) t(i)`

/**
 * A real home in a temporary folder with one listed version, served on a free port.
 *
 * @param built where the pages are; one empty page without it
 * @param kept  a folder that may hold a home already and outlives this one
 * @param told  what hears of requests and bugs
 */
export async function openHouse(built?: string, kept?: string, told: Pick<ServerOptions, "onBug" | "onRequest"> = {}) {
  const folder = kept ?? mkdtempSync(join(tmpdir(), "assay-house-"))
  const runtime = ManagedRuntime.make(
    viewsLayer.pipe(Layer.provide(restored), Layer.provideMerge(houseApp(join(folder, "home"))))
  )
  const run = <A, E>(effect: Effect.Effect<A, E, Services>): Promise<A> => runtime.runPromise(effect)
  const web = join(folder, "web")
  mkdirSync(web, { recursive: true })
  writeFileSync(join(web, "index.html"), "<!doctype html>")
  const pages = built ?? web
  const onJudged: NonNullable<ServerOptions["onJudged"]> = (judged) =>
    runtime.runPromise(AccessLog.use((log) => log.keep(judged)))
  const mount = (server: Parameters<typeof sharingRoutes>[0]): void => {
    sharingRoutes(server, runtime)
    lookupRoutes(server, runtime)
    lineageRoutes(server, runtime)
  }
  const scope = Effect.runSync(Scope.make())
  const serving = await runtime.runPromise(
    serveDashboard({ runtime, port: 0, web: pages, mount, onJudged, ...told }).pipe(
      Effect.provideService(Scope.Scope, scope)
    )
  )
  const artefact = await run(
    Effect.gen(function* () {
      const { shelf } = yield* Home
      const fresh = join(shelf, "fresh.parquet")
      yield* (yield* Warehouse).run(`copy (${table}) to ${quoteText(fresh)} (format parquet, compression zstd)`)
      const hash = createHash("sha256").update(readFileSync(fresh)).digest("hex")
      renameSync(fresh, join(shelf, `${hash}.parquet`))
      const catalog = yield* Catalog
      if ((yield* catalog.list).length > 0) return hash
      yield* (yield* Records).write((db) => listVersion(db, catalog, sampleVersion({ artefact: hash })))
      return hash
    })
  )
  /** Uses up a one-time link and returns the cookie of the session. */
  const signIn = async (role: Role, name?: string, subject?: number): Promise<string> => {
    const link = await run(mintLink(role, serving.port, name, subject))
    const answer = await fetch(`${serving.url}/api/sign-in`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: serving.url },
      body: JSON.stringify({ token: link.slice(link.lastIndexOf("#") + 1).replace(/^.*=/, "") })
    })
    return answer.headers.get("set-cookie")!.split(";", 1)[0]!
  }
  return {
    base: serving.url,
    artefact,
    run,
    signIn,
    close: async () => {
      await Effect.runPromise(Scope.close(scope, Exit.void))
      await runtime.dispose()
      if (kept === undefined) rmSync(folder, { recursive: true, force: true })
    }
  }
}
