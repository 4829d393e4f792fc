import { existsSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { assay, assayJson, freshHome } from "../assay.ts"

interface Released {
  readonly accounted: boolean
  readonly rho: number
  readonly left?: { readonly rho: number }
  readonly rows: ReadonlyArray<{ readonly state: string; readonly orders: number; readonly intervals: object }>
}

const folder = mkdtempSync(join(tmpdir(), "assay-alone-"))
const file = join(folder, "orders.csv")
const query = join(folder, "query.yaml")
writeFileSync(
  file,
  `customer,state\n${Array.from({ length: 6000 }, (_, i) => `c${i},${"ABCDEF"[i % 6]}`).join("\n")}\n`
)
const write = (bounds: string, epsilon: number): void =>
  writeFileSync(
    query,
    `kind: dp_aggregate
unit: customer
by: [state]
keys: { state: dp }
measures: [{ name: orders, count: rows }]
${bounds}
population: { subjects: 6000, groups: { state: 6 } }
epsilon: ${epsilon}
delta: 1.0e-6
`
  )
const bounded = "bounds: { groups_per_subject: 1, rows_per_group: 1 }"

describe("the privacy module alone", () => {
  it("releases a CSV without a home, charges the ledger beside it and refuses to overdraw it", async () => {
    write(bounded, 6)
    const first = await assayJson<Released>("dp", query, "--from", file, "--home", join(folder, "home"))
    assert.isTrue(first.accounted)
    assert.strictEqual(first.rows.length, 6)
    for (const { orders, intervals } of first.rows) {
      assert.closeTo(orders, 1000, 60)
      assert.property(intervals, "orders")
    }
    assert.isTrue(existsSync(`${file}.assay-ledger.jsonl`))
    assert.isFalse(existsSync(join(folder, "home")))
    let last = { exit: 0 as number | null, err: "" }
    for (let i = 0; i < 6 && last.exit === 0; i++) last = await assay("dp", query, "--from", file)
    assert.strictEqual(last.exit, 3)
    assert.match(last.err, /rho .* left of the cap/)
    const unaccounted = await assayJson<Released>("dp", query, "--from", file, "--no-ledger")
    assert.isFalse(unaccounted.accounted)
  })

  it("refuses with exit code 3 what it cannot bound, and says what to write", async () => {
    write("", 1)
    const { exit, err } = await assay("dp", query, "--from", file)
    assert.strictEqual(exit, 3)
    assert.match(err, /groups_per_subject/)
  })

  it("composes a list of mechanisms", async () => {
    const list = join(folder, "list.json")
    writeFileSync(
      list,
      JSON.stringify({ delta: 1e-6, mechanisms: [{ gaussian: { sigma: 10, sensitivity: 1 }, count: 100 }] })
    )
    const loss = await assayJson<{ rho: number; epsilon: number; delta: number; byPld: { epsilon: number } }>(
      "dp",
      "account",
      list
    )
    assert.closeTo(loss.rho, 0.5, 1e-9)
    assert.closeTo(loss.epsilon, 5.2215, 1e-3)
    assert.closeTo(loss.byPld.epsilon, 4.88655, 1e-4)
    assert.strictEqual(loss.delta, 1e-6)
    writeFileSync(list, "[]")
    assert.strictEqual((await assay("dp", "account", list)).exit, 4)
  })
})

describe("the audit of a home's products (T7)", () => {
  it("passes for each, on generated data", { timeout: 600_000 }, async ({ task }) => {
    if (process.env["ASSAY_NIGHTLY"] !== "1") {
      task.meta.note = "assay audit of every product of the demo runs under npm run test:nightly"
      return
    }
    const home = freshHome()
    const { products } = await assayJson<{ products: ReadonlyArray<{ id: string }> }>(
      "demo",
      "--seed",
      "7",
      "--home",
      home
    )
    for (const { id } of products) {
      const report = await assayJson<{ passed: boolean; file: string }>("audit", id, "--home", home)
      assert.isTrue(report.passed)
      assert.isTrue(existsSync(report.file))
    }
  })
})
