import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { MixedLoad } from "./MixedLoad.ts"

const folder = mkdtempSync(join(tmpdir(), "assay-soak-"))
const load = new MixedLoad(folder)
afterAll(async () => {
  await load.kill()
  rmSync(folder, { recursive: true, force: true })
})

const nightly = process.env["ASSAY_NIGHTLY"] === "1"
const kills = nightly ? 10 : 2

describe("a served home under mixed load", () => {
  it(
    `that is killed ${kills} times keeps every quote, order and payment that it acknowledged`,
    { timeout: 300_000 },
    async () => {
      for (let i = 0; i < kills; i++) {
        await load.start()
        await load.work(1500, true)
      }
      await load.start()
      expect(load.acknowledged.paid.size).toBeGreaterThan(5)
      expect(await load.lost()).toEqual([])
      expect(load.wrong).toEqual([])
    }
  )

  it.runIf(nightly)("for ten minutes grows no memory and loses no write", { timeout: 900_000 }, async () => {
    const minutes = 10
    const heaps: Array<number> = []
    const sizes: Array<number> = []
    for (let i = 0; i < minutes * 6; i++) {
      await load.work(10_000)
      heaps.push((await load.figure("nodejs_heap_used_bytes")) / 1e6)
      sizes.push((await load.figure("process_resident_memory_bytes")) / 1e6)
    }
    console.log(JSON.stringify({ requests: load.requests, orders: load.acknowledged.orders.size, heaps, sizes }))
    expect(await load.lost()).toEqual([])
    expect(load.wrong).toEqual([])
    // The first two minutes fill caches. A heap that is collected now and then swings: its lowest of each minute is looked at.
    const lowest = (all: ReadonlyArray<number>): ReadonlyArray<number> =>
      Array.from({ length: minutes }, (_, i) => Math.min(...all.slice(6 * i, 6 * i + 6))).slice(2)
    expect(slope(lowest(heaps))).toBeLessThan(2)
    // What is resident goes up and down by 150 MB as the collector gives pages back: its peaks are compared, not its slope.
    const half = sizes.length / 2
    expect(Math.max(...sizes.slice(half))).toBeLessThan(1.1 * Math.max(...sizes.slice(0, half)))
  })
})

/** By how much each follows the one before, by least squares. */
function slope(values: ReadonlyArray<number>): number {
  const mid = (values.length - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const above = values.reduce((sum, value, i) => sum + (i - mid) * (value - mean), 0)
  return above / values.reduce((sum, _, i) => sum + (i - mid) ** 2, 0)
}
