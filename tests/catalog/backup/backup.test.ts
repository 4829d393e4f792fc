import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { checkHome } from "#catalog/backup/checkHome.ts"
import { readManifest } from "#catalog/backup/readManifest.ts"
import { restoreBackup } from "#catalog/backup/restoreBackup.ts"
import { writeBackup } from "#catalog/backup/writeBackup.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { Home } from "#core/home/Home.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { houseApp } from "../../../app.ts"
import type { HouseServices } from "../../../app.ts"
import { assay } from "../../assay.ts"
import { shelveOffers } from "../offerVersion.ts"

const folder = mkdtempSync(join(tmpdir(), "assay-backup-"))
const home = join(folder, "home")
const at = (name: string): string => join(folder, name)
const keys = join(home, "keys")
const inHome = <A, E>(effect: Effect.Effect<A, E, HouseServices>): Promise<A> =>
  Effect.runPromise(Effect.scoped(Effect.provide(effect, houseApp(home))))
const restored = (from: string, to: string, withKeys = true) =>
  Effect.runPromise(
    Effect.result(
      restoreBackup({ from, to, ...(withKeys ? { keys } : {}) }, (partial, manifest) =>
        Effect.scoped(Effect.provide(checkHome(manifest), houseApp(partial)))
      )
    )
  )
const sell = Effect.fnUntraced(function* (i: number) {
  const quote = yield* (yield* Quotes).create("orders_by_state")
  const order = yield* (yield* Orders).place({ quote: quote.id, buyer: `Buyer ${i}`, key: "k" })
  yield* (yield* Orders).pay(order.id, `p ${i}`)
})

beforeAll(async () => {
  await inHome(
    Effect.gen(function* () {
      yield* (yield* Warehouse).run("create table core.number as select range as n from range(1_000_000)")
      yield* shelveOffers()
    })
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("a backup", { timeout: 60_000 }, () => {
  it("is consistent while the home is worked on, and opens again as a sound home", async () => {
    const manifest = await inHome(
      Effect.gen(function* () {
        const warehouse = yield* Warehouse
        yield* sell(0)
        const selling = Effect.forEach(Array.from({ length: 60 }), (_, i) =>
          Effect.andThen(sell(i + 1), Effect.sleep(5))
        )
        const writing = Effect.forEach(Array.from({ length: 40 }), (_, i) =>
          warehouse.run("insert into core.number values ($i)", { i: -1 - i })
        )
        const [{ manifest }] = yield* Effect.all([writeBackup(at("first"), false), selling, writing], {
          concurrency: 3
        })
        return manifest
      })
    )
    expect(manifest.withKey).toBe(false)
    expect(existsSync(at("first/keys"))).toBe(false)
    expect(statSync(at("first")).mode & 0o777).toBe(0o700)
    expect(statSync(at("first/records.sqlite")).mode & 0o777).toBe(0o600)
    const outcome = await restored(at("first"), at("again"))
    expect(outcome).toMatchObject({ _tag: "Success", success: { sound: true, problems: [], artefacts: 1 } })
    expect(manifest.facts.orders).toBeGreaterThan(0)
    expect(manifest.facts.invoices).toBe(manifest.facts.orders)
    // The restored home sells on.
    const { exit, out } = await assay("ledger", "--home", at("again"), "--json")
    expect([exit, JSON.parse(out)]).toMatchObject([0, { sound: true }])
  })

  it("is restored only with the keys of its home, and never over a home", async () => {
    expect(await restored(at("first"), at("again"))).toMatchObject({ failure: { code: "restore.exists" } })
    expect(await restored(at("first"), at("none"), false)).toMatchObject({ failure: { code: "backup.keys" } })
    const other = join(folder, "other")
    await Effect.runPromise(Effect.scoped(Effect.provide(Effect.asVoid(Home), houseApp(other))))
    const strange = Effect.result(
      restoreBackup({ from: at("first"), to: at("none"), keys: join(other, "keys") }, () => Effect.void)
    )
    expect(await Effect.runPromise(strange)).toMatchObject({ failure: { _tag: "Refused", code: "backup.keys" } })
    expect([existsSync(at("none")), existsSync(at("none.partial"))]).toEqual([false, false])
    const second = await inHome(Effect.result(writeBackup(at("first"), false)))
    expect(second).toMatchObject({ failure: { _tag: "Refused", code: "backup.exists" } })
    const inside = await inHome(Effect.result(writeBackup(join(home, "backup"), false)))
    expect(inside).toMatchObject({ failure: { _tag: "BadInput", code: "backup.inside" } })
  })

  it("names the file in which one byte was changed, and the one that is missing, and restores nothing", async () => {
    const { files } = await Effect.runPromise(readManifest(at("first")))
    for (const { path, bytes } of files.filter((_, i) => i % Math.ceil(files.length / 6) === 0)) {
      const file = join(at("first"), path)
      const own = readFileSync(file)
      const changed = Buffer.from(own)
      changed[Math.floor(bytes / 2)]! ^= 1
      writeFileSync(file, changed)
      const outcome = await restored(at("first"), at("none"))
      expect(outcome).toMatchObject({ failure: { _tag: "Refused", code: "backup.damaged", where: { file: path } } })
      writeFileSync(file, own)
    }
    const log = join(at("first"), "log/checkpoint")
    const own = readFileSync(log)
    rmSync(log)
    expect(await restored(at("first"), at("none"))).toMatchObject({ failure: { where: { file: "log/checkpoint" } } })
    writeFileSync(log, own)
    const manifest = join(at("first"), "backup.json")
    const text = readFileSync(manifest, "utf8")
    writeFileSync(manifest, text.replace('"invoices": ', '"invoices": 1'))
    expect(await restored(at("first"), at("none"))).toMatchObject({ failure: { code: "backup.signature" } })
    writeFileSync(manifest, text)
    expect(existsSync(at("none"))).toBe(false)
  })

  it("that is killed leaves nothing under its name and the home as it was; the next one is whole and drilled", async () => {
    const main = fileURLToPath(new URL("../../../main.ts", import.meta.url))
    const child = spawn(process.execPath, [main, "backup", at("killed"), "--home", home], { stdio: "ignore" })
    while (!existsSync(at("killed.partial")) && child.exitCode === null)
      await new Promise((wake) => setTimeout(wake, 1))
    child.kill("SIGKILL")
    await once(child, "close")
    expect(existsSync(at("killed"))).toBe(false)
    const { exit, out } = await assay("backup", at("killed"), "--with-key", "--drill", "--home", home, "--json")
    expect(exit).toBe(0)
    const { drill } = JSON.parse(out) as { drill: { id: string; sound: boolean } }
    expect(drill.sound).toBe(true)
    expect(existsSync(at("killed.partial"))).toBe(false)
    expect(statSync(at("killed/keys/home.key")).mode & 0o777).toBe(0o600)
    const proof = await assay("log", "prove", `restore-drill:${drill.id}`, "--home", home, "--json")
    expect(proof.exit).toBe(0)
    expect((await assay("log", "verify", "--home", home)).exit).toBe(0)
    // With the keys in it, it needs no others.
    const again = await assay("restore", at("killed"), "--home", at("whole"), "--json")
    expect([again.exit, JSON.parse(again.out)]).toMatchObject([0, { sound: true }])
  })
})
