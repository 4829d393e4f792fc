import { appendFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { assay, assayJson } from "../assay.ts"
import { ordersHome, productYaml } from "./ordersHome.ts"

interface Shown {
  readonly rows: number
  readonly state: { readonly state: string; readonly due?: { readonly touched: ReadonlyArray<unknown> } }
  readonly because: { readonly en: string }
  readonly freshness: { readonly state: string } | null
  readonly partitions: { readonly made: ReadonlyArray<{ readonly from: string; readonly to: string }> }
}
interface Report {
  readonly run: string
  readonly made: ReadonlyArray<string>
  readonly failed: ReadonlyArray<{ readonly code: string }>
}

const statement = `-- key: feature.orders_by_region
-- kind: incremental_by_time_range
-- partitions: daily by ordered_at from 2026-01-01
-- fresh: fail after 48 h
-- check: block priced: amount_minor <= 0
select subject_id, region, ordered_at, amount_minor, _lic, _event_id from core.order
`
const feature = "feature.orders_by_region"

describe("an incremental asset from a product's own statement", () => {
  it("is made by days, takes late data into exactly its days, is backfilled and resumed from the command line", async () => {
    const shop = ordersHome(900)
    writeFileSync(join(shop.folder, "orders.sql"), statement)
    writeFileSync(shop.product, productYaml(0.5).replace("from: core.order", "sql: ./orders.sql"))
    const at = ["--home", shop.home]
    const asOf = ["--as-of", "2026-09-30"]
    await assayJson("source", "add", shop.source, ...at)
    const selected = `+${feature}`
    const first = await assayJson<Report>("run", selected, ...asOf, ...at)
    assert.include(first.made, feature)
    const show = () => assayJson<Shown>("show", feature, ...at)
    const shown = await show()
    assert.strictEqual(shown.rows, 900)
    assert.deepStrictEqual(
      shown.partitions.made.map(({ from, to }) => [from, to]),
      [["2026-01-01", "2026-10-01"]]
    )

    // Two late orders of two days that were made long ago.
    appendFileSync(shop.csv, "o90001,c1,north,2026-02-03,10.50\no90002,c2,south,2026-04-05,11.50\n")
    const late = await assay("run", selected, ...asOf, ...at)
    assert.strictEqual(late.exit, 0, late.err)
    assert.match(late.err, new RegExp(`${feature} 2026-02-03, 2026-04-05: 2 rows`))
    assert.strictEqual((await show()).rows, 902)

    const backfill = [
      "backfill",
      feature,
      "--from",
      "2026-02-01",
      "--to",
      "2026-02-20",
      "--batch",
      "10",
      ...asOf,
      ...at
    ]
    const again = await assay(...backfill)
    assert.strictEqual(again.exit, 0, again.err)
    assert.match(again.err, /2026-02-01 … 2026-02-10: 1 rows[\s\S]*2026-02-11 … 2026-02-20: 100 rows/)
    assert.strictEqual((await show()).rows, 902)

    // A bad price on a later day stops the second batch only; once the rule is mended, resume makes what is left.
    appendFileSync(shop.csv, "o90003,c3,north,2026-02-13,-4.50\n")
    const stopped = await assay("run", selected, ...asOf, ...at)
    assert.strictEqual(stopped.exit, 3, stopped.err)
    assert.match(stopped.err, /not published for 2026-02-13: priced fails on 1 rows/)
    assert.match((await assay("show", feature, ...at, "--lang", "en")).out, /block priced: 1 rows in 2026-02-13/)
    writeFileSync(join(shop.folder, "orders.sql"), statement.replace("amount_minor <= 0", "amount_minor is null"))
    const resumed = await assayJson<Report>("resume", ...asOf, ...at)
    assert.deepStrictEqual(resumed.made, [feature])
    assert.strictEqual((await show()).rows, 903)
    // September is long past for the clock of this machine, and every day of it is there.
    const listed = await assay("check", feature, ...at, "--lang", "en")
    assert.match(listed.out, /2 of 2 checks pass|1 of 1 checks pass/)

    const wrong = await assay("backfill", feature, "--from", "2026-01-01", ...at)
    assert.deepStrictEqual([wrong.exit, wrong.err.includes("--from 2026-01-01 --to")], [4, true])
  }, 120_000)
})
