import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { assayJson, spoken, startAssay } from "../assay.ts"
import { addOrders, ordersHome } from "./ordersHome.ts"

interface Budget {
  readonly spent: { readonly rho: number }
  readonly products: ReadonlyArray<{ readonly releases: number }>
}
interface Shown {
  readonly rows: number
  readonly versions: ReadonlyArray<{ readonly version: string }>
}

const kills = 20
const mostRounds = 60
const rowsAtFirst = 20_000
const rowsARound = 500

describe("a process killed at any moment of a run", () => {
  it(`loses no row, charge or version and charges nothing twice (${kills} kills at random moments)`, async () => {
    const shop = ordersHome(rowsAtFirst, 0.4)
    const at = ["--home", shop.home]
    const bits = seededBits("kill")
    await assayJson("source", "add", shop.source, ...at)
    const timedRun = async (day: string): Promise<number> => {
      const begun = Date.now()
      const report = await assayJson<{ failed: ReadonlyArray<unknown> }>("run", "--as-of", day, ...at)
      assert.deepStrictEqual(report.failed, [])
      return Date.now() - begun
    }
    let usual = await timedRun("2026-01-15")
    const { spent: one } = await assayJson<Budget>("budget", ...at)
    let killed = 0
    let rounds = 0
    while (killed < kills && rounds < mostRounds) {
      // Each round brings rows and a new period, so that every step of landing, making and releasing has work to do.
      addOrders(shop, rowsAtFirst + rounds * rowsARound, rowsARound)
      rounds++
      const day = new Date(Date.UTC(2026, rounds, 15)).toISOString().slice(0, 10)
      const victim = startAssay(["run", "--as-of", day, ...at])
      const ended = spoken(victim)
      // A busy machine runs now faster, now slower, so a kill may come too late to hit; such a round is not counted.
      const timer = setTimeout(() => victim.kill("SIGKILL"), usual * 0.3 + uniformInt(bits, Math.ceil(usual * 0.7)))
      if ((await ended).exit === null) killed++
      clearTimeout(timer)
      usual = (usual + (await timedRun(day))) / 2
    }
    assert.strictEqual(killed, kills)

    const rows = rowsAtFirst + rounds * rowsARound
    for (const key of ["raw.shop__orders", "core.order"]) {
      assert.strictEqual((await assayJson<Shown>("show", key, ...at)).rows, rows, key)
    }
    const { versions } = await assayJson<Shown>("product", "show", "orders_by_region", ...at)
    assert.strictEqual(versions.length, rounds + 1)
    assert.strictEqual(new Set(versions.map(({ version }) => version)).size, rounds + 1)
    const budget = await assayJson<Budget>("budget", ...at)
    assert.strictEqual(budget.products[0]!.releases, rounds + 1)
    assert.closeTo(budget.spent.rho, (rounds + 1) * one.rho, 1e-9)
    const shelf = readdirSync(join(shop.home, "shelf"))
    for (const file of shelf) {
      const hash = createHash("sha256")
        .update(readFileSync(join(shop.home, "shelf", file)))
        .digest("hex")
      assert.strictEqual(file, `${hash}.parquet`)
    }
    assert.isAtLeast(shelf.length, rounds + 1)
    const log = await assayJson<{ sound: boolean }>("log", "verify", ...at)
    assert.isTrue(log.sound)
  }, 600_000)
})
