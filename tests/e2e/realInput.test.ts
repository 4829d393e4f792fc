import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { assay, assayJson, freshHome, sharedData } from "../assay.ts"
import { listProduct } from "./listing.ts"

const example = (name: string): string => fileURLToPath(new URL(`../../examples/${name}/source.yaml`, import.meta.url))

interface Fact {
  readonly id: string
  readonly value: unknown
}
const factsOf = (set: string): Map<string, unknown> => {
  const { sets } = JSON.parse(readFileSync(join(sharedData!, "expected.json"), "utf8")) as {
    sets: Record<string, { facts: ReadonlyArray<Fact> }>
  }
  return new Map(sets[set]!.facts.map(({ id, value }) => [id, value]))
}

/** Takes an example from its files to delivered bytes and returns the home. */
async function allTheWay(name: string, product: string): Promise<ReadonlyArray<string>> {
  const at = ["--home", freshHome()]
  await assayJson("source", "add", example(name), ...at)
  const report = await assayJson<{ failed: ReadonlyArray<unknown> }>("run", ...at)
  assert.deepStrictEqual(report.failed, [])
  const draft = await assay("quote", product, ...at)
  assert.strictEqual(draft.exit, 3)
  await listProduct(at, product)
  const { products } = await assayJson<{ products: ReadonlyArray<{ id: string; rows: number }> }>(
    "product",
    "list",
    ...at
  )
  assert.deepStrictEqual(
    products.map(({ id }) => id),
    [product]
  )
  const quote = await assayJson<{ id: string; price: { minor: number } }>("quote", product, ...at)
  const order = await assayJson<{ id: string; price: { minor: number } }>("order", quote.id, "--buyer", "acme", ...at)
  assert.deepStrictEqual(order.price, quote.price)
  const early = await assay("deliver", order.id, "--out", join(at[1]!, "out"), ...at)
  assert.strictEqual(early.exit, 3)
  await assayJson("pay", order.id, ...at)
  const out = ["--out", join(at[1]!, "out")]
  const csv = await assayJson<{ file: string }>("deliver", order.id, "--format", "csv", ...out, ...at)
  const lines = readFileSync(csv.file, "utf8").trim().split("\n")
  assert.strictEqual(lines.length - 1, products[0]!.rows)
  await assayJson("deliver", order.id, "--format", "parquet", ...out, ...at)
  return at
}

const rowsOf = async (key: string, at: ReadonlyArray<string>): Promise<number> =>
  (await assayJson<{ rows: number }>("show", key, ...at)).rows

describe("real CRM exports", () => {
  it("go from files to a delivered product: olist", async ({ task }) => {
    if (sharedData === undefined) return void (task.meta.note = "olist was not run: ../shared/data is not here")
    const at = await allTheWay("olist", "orders_by_state")
    const facts = factsOf("olist-sample3k")
    const tables = facts.get("olist3k.rows") as Record<string, number>
    const names: Record<string, string> = { payments: "order_payments", reviews: "order_reviews" }
    for (const [table, rows] of Object.entries(tables)) {
      assert.strictEqual(await rowsOf(`raw.olist__${names[table] ?? table}`, at), rows, table)
    }
    assert.strictEqual(await rowsOf("core.order", at), tables["orders"])
  }, 120_000)

  it("go from files to a delivered product: servicenow, whose five doubled keys are kept and reported", async ({
    task
  }) => {
    if (sharedData === undefined) return void (task.meta.note = "servicenow was not run: ../shared/data is not here")
    const at = await allTheWay("servicenow", "callers_by_category")
    const { events, incidents } = factsOf("servicenow-incidents").get("inc.rows") as Record<string, number>
    assert.strictEqual(await rowsOf("raw.servicenow__incidents", at), events)
    assert.strictEqual(await rowsOf("core.ticket", at), incidents)
    const again = await assayJson<{ made: ReadonlyArray<string>; notices: ReadonlyArray<{ notice: string }> }>(
      "run",
      ...at
    )
    assert.deepStrictEqual(again.made, [])
  }, 180_000)

  it("are refused at plan where they are too small to say anything: maven, before and after its data is in", async ({
    task
  }) => {
    if (sharedData === undefined) return void (task.meta.note = "maven was not run: ../shared/data is not here")
    const at = ["--home", freshHome()]
    await assayJson("source", "add", example("maven-crm"), ...at)
    const refusedAt = async (): Promise<void> => {
      const planned = await assay("plan", "--json", ...at)
      assert.strictEqual(planned.exit, 3)
      const { releases } = JSON.parse(planned.out) as {
        releases: ReadonlyArray<{ state: string; code: string; fix: string }>
      }
      assert.deepInclude(releases[0], { state: "refused", code: "release.useless" })
      assert.match(releases[0]!.fix, /subjects/)
    }
    await refusedAt()
    assert.strictEqual((await assay("run", ...at)).exit, 3)
    await refusedAt()
    const spent = await assayJson<{ spent: { rho: number } }>("budget", ...at)
    assert.strictEqual(spent.spent.rho, 0)
    const tables = factsOf("maven-crm").get("maven.rows") as Record<string, number>
    for (const [table, rows] of Object.entries(tables)) {
      assert.strictEqual(await rowsOf(`raw.maven__${table}`, at), rows, table)
    }
  }, 120_000)
})
