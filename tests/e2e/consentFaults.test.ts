import { appendFileSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { DuckDBConnection } from "@duckdb/node-api"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { Unsound, verifyUses } from "#core/log/verifier/assay-verify.mjs"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { Records } from "#core/records/Records.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { draftGrant } from "#privacy/consent/grant/draftGrant.ts"
import type { Receipt } from "#privacy/consent/revocation/Receipt.ts"
import { Revocations } from "#privacy/consent/revocation/Revocations.ts"
import { Uses } from "#privacy/consent/use/Uses.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { Connections } from "#pipelines/sources/Connections.ts"
import { ProductFiles } from "#catalog/product/ProductFiles.ts"
import { houseApp } from "../../app.ts"
import { consentedYaml, grantOf } from "./consentedShop.ts"
import { ordersHome } from "./ordersHome.ts"

const secret = "zeuxippos-of-heraclea"
const nightly = process.env["ASSAY_NIGHTLY"] === "1"

type Run = (this: DuckDBConnection, ...given: Array<unknown>) => Promise<unknown>
const statements = ["run", "runAndReadAll", "stream", "streamAndReadAll"] as const

/** Calls `fault` before the `at`-th statement that any connection is given, and lets it finish; gives how many statements there were. */
async function withFault<A>(at: number, fault: () => Promise<void>, body: () => Promise<A>) {
  const prototype = DuckDBConnection.prototype as unknown as Record<string, Run>
  const before = statements.map((name) => prototype[name]!)
  let n = 0
  let inside = false
  statements.forEach((name, i) => {
    prototype[name] = async function (...given: Array<unknown>) {
      if (!inside && ++n === at) {
        inside = true
        await fault()
        inside = false
      }
      return before[i]!.apply(this, given)
    }
  })
  try {
    return { outcome: await body(), statements: n }
  } finally {
    statements.forEach((name, i) => (prototype[name] = before[i]!))
  }
}

describe("a revocation that arrives while a run is in flight", () => {
  it.live(
    `lets nothing with the subject be published after it, before whichever statement it comes (${nightly ? "every" : "a sample"})`,
    () => {
      const shop = ordersHome(1500, 0.4)
      const at = (name: string): string => join(shop.folder, name)
      appendFileSync(
        shop.csv,
        Array.from({ length: 3 }, (_, i) => `x${i},${secret},north,2026-01-15,${i}.50\n`).join("")
      )
      const yaml = readFileSync(shop.source, "utf8")
      writeFileSync(shop.source, yaml.replace("categories: {", "categories: { customer: dpv-pd:Identifying,"))
      writeFileSync(at("usage.product.yaml"), consentedYaml)
      const trial = Effect.gen(function* () {
        const engine = yield* Engine
        const consent = yield* Consent
        const log = yield* Log
        const records = yield* Records
        const warehouse = yield* Warehouse
        const { shelf } = yield* Home
        const grant = (who: string) =>
          Effect.gen(function* () {
            const token = yield* draftGrant(grantOf(who), Math.floor(Date.now() / 1000))
            yield* consent.accept(token)
          })
        let month = 0
        const run = Effect.suspend(() => {
          const day = new Date(Date.UTC(2026, month, 15)).toISOString().slice(0, 10)
          return engine.run({ selection: "", asOf: day, onEvent: () => undefined })
        })
        yield* run
        for (const who of ["c10", "c11", "c12", secret]) yield* grant(who)
        yield* run
        const subj = yield* consent.subject(secret)
        const context = yield* Effect.context<Engine | Revocations | Uses | Records | Log>()
        const promised = Effect.runPromiseWith(context)
        let receipt: Receipt | undefined
        const revoke = (): Promise<void> =>
          promised(
            Effect.flatMap(Revocations, (service) =>
              Effect.map(service.revoke(subj), (given) => void (receipt = given))
            )
          )
        const holds = (table: string, column: string) =>
          Effect.map(
            warehouse.query<{ n: number }>(`select count(*) as n from ${table} where contains(${column}, '${secret}')`),
            ([row]) => row!.n > 0
          )

        const attempt = Effect.fnUntraced(function* (step: number) {
          // Each trial begins with the subject in everything: a new grant, a new month, and work for every step.
          yield* grant(secret)
          month++
          receipt = undefined
          const { statements: n, outcome } = yield* Effect.promise(() => withFault(step, revoke, () => promised(run)))
          if (receipt === undefined) return { n, hit: false }
          assert.deepStrictEqual(outcome.failed, [], `statement ${step}`)
          const bundle = yield* (yield* Uses).of(subj)
          const check = (): unknown => verifyUses(bundle, log.key.policy, receipt)
          // Earlier trials revoked and granted anew, so only what came after this revocation is looked at.
          const late = bundle.uses.filter(
            ({ document }) => (JSON.parse(document) as { epoch: number }).epoch >= receipt!.epoch
          )
          assert.deepStrictEqual(late, [], `statement ${step}`)
          try {
            check()
          } catch (cause) {
            assert.fail(cause instanceof Unsound ? `statement ${step}: ${cause.message}` : String(cause))
          }
          const newest = yield* records.read((db) =>
            db.get<{ artefact: string; frozen: number }>(
              `select v.artefact, exists (select 1 from product_freeze f where f.product = v.product) as frozen
                 from product_version v where v.product = 'usage_records' order by v.seq desc limit 1`
            )!
          )
          const published = yield* holds(`read_parquet('${shelf}/${newest.artefact}.parquet')`, "subject_id")
          assert.isTrue(!published || newest.frozen === 1, `statement ${step}: rows of the subject are on sale`)
          return { n, hit: true }
        })

        const bits = seededBits("consent faults")
        let step = 1
        let hits = 0
        for (let rounds = 0; rounds < 400; rounds++) {
          const { n, hit } = yield* attempt(step)
          if (!hit) break
          hits++
          step += nightly ? 1 : Math.max(1, Math.floor(n / 9) + uniformInt(bits, 9))
        }
        assert.isAtLeast(hits, 6)
        yield* run
        assert.isFalse(yield* holds("core.order", "subject_id"))
      })
      return Effect.gen(function* () {
        yield* (yield* Connections).add(shop.source)
        yield* (yield* ProductFiles).add(shop.product)
        yield* (yield* ProductFiles).add(at("usage.product.yaml"))
        yield* trial
      }).pipe(Effect.provide(houseApp(shop.home)))
    },
    600_000
  )
})
