import { spawnSync } from "node:child_process"
import { appendFileSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { DuckDBInstance } from "@duckdb/node-api"
import { assert, describe, it } from "@effect/vitest"
import { assay, assayJson } from "../assay.ts"
import { consentedYaml, grantOf } from "./consentedShop.ts"
import { listProduct } from "./listing.ts"
import { ordersHome } from "./ordersHome.ts"

const verifier = fileURLToPath(new URL("../../core/log/verifier/assay-verify.mjs", import.meta.url))
const secret = "zeuxippos-of-heraclea"

/** Where a name stands, outside of the raw tables: `schema.table` for rows, `shelf/…` for files of versions. */
async function standsIn(home: string, name: string, raw = false): Promise<ReadonlyArray<string>> {
  const copy = join(mkdtempSync(join(tmpdir(), "assay-look-")), "warehouse.duckdb")
  copyFileSync(join(home, "warehouse.duckdb"), copy)
  const connection = await (await DuckDBInstance.create(copy)).connect()
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjects()
  const found: Array<string> = []
  for (const { table, column } of await rows(
    `select schema_name || '."' || table_name || '"' as "table", column_name as "column" from duckdb_columns()
     where data_type = 'VARCHAR' and not internal and schema_name not in (${raw ? "''" : "'raw', '_base', 'conform'"})`
  )) {
    const [{ n }] = (await rows(
      `select count(*)::integer as n from ${table} where contains("${column}", '${name}')`
    )) as [{ n: number }]
    if (n > 0) found.push(String(table))
  }
  for (const file of readdirSync(join(home, "shelf")).filter((one) => one.endsWith(".parquet"))) {
    const [{ n }] = (await rows(
      `select count(*)::integer as n from read_parquet('${join(home, "shelf", file)}') t where contains(t::varchar, '${name}')`
    )) as [{ n: number }]
    if (n > 0) found.push(`shelf/${file}`)
  }
  connection.closeSync()
  return found
}

/** Files below a folder that hold a text as it is. */
const filesWith = (folder: string, text: string): ReadonlyArray<string> =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => {
    const file = join(folder, name)
    return statSync(file).isFile() && readFileSync(file).includes(text)
  })

interface Receipt {
  readonly index: number
  readonly epoch: number
  readonly root: string
  readonly frozen: ReadonlyArray<{ readonly kind: string; readonly name: string; readonly effect: string }>
}

describe("a customer who says no", () => {
  it("freezes what was sold of them at once, is in nothing that is made afterwards, and leaves no trace when erased", async () => {
    const shop = ordersHome(3000, 0.5)
    const at = ["--home", shop.home]
    const file = (name: string, text: string): string => {
      writeFileSync(join(shop.folder, name), text)
      return join(shop.folder, name)
    }
    appendFileSync(
      shop.csv,
      Array.from({ length: 5 }, (_, i) => `x${i},${secret},north,2026-01-15,${i + 1}.50\n`).join("")
    )
    writeFileSync(
      shop.source,
      readFileSync(shop.source, "utf8").replace("categories: {", "categories: { customer: dpv-pd:Identifying,")
    )
    await assayJson("source", "add", shop.source, ...at)
    await assayJson("run", "--as-of", "2026-01-15", ...at)
    for (const who of ["c10", "c11", "c12", "c13", secret]) {
      await assayJson("grant", file(`${who}.json`, grantOf(who)), ...at)
    }
    await assayJson("product", "draft", file("usage.product.yaml", consentedYaml), ...at)
    await assayJson("run", "--as-of", "2026-01-15", ...at)
    for (const product of ["usage_records", "orders_by_region"]) await listProduct(at, product)
    const { id: quote } = await assayJson<{ id: string }>("quote", "usage_records", ...at)
    const { id: order } = await assayJson<{ id: string }>("order", quote, "--buyer", "acme-repair", ...at)
    await assayJson("pay", order, ...at)
    const deliver = (out: string) => assay("deliver", order, "--format", "csv", "--out", join(shop.folder, out), ...at)
    assert.strictEqual((await deliver("before")).exit, 0)
    assert.lengthOf(filesWith(join(shop.folder, "before"), secret), 1)

    const receipt = await assayJson<Receipt>("revoke", "--subject", secret, ...at)
    assert.match(receipt.root, /^[0-9a-f]{64}$/)
    const effects = receipt.frozen.map(({ name, effect }) => `${name} ${effect}`)
    assert.include(effects, "usage_records suspended")
    assert.include(effects, "usage_records 2026-01.1 recalled")
    assert.include(effects, "orders_by_region 2026-01.1 stays")
    const refused = await deliver("meanwhile")
    assert.strictEqual(refused.exit, 3)
    assert.notInclude(refused.err, secret)
    assert.strictEqual((await assay("quote", "usage_records", ...at)).exit, 3)
    assert.strictEqual((await assay("quote", "orders_by_region", ...at)).exit, 0)

    await assayJson("run", "--as-of", "2026-02-15", ...at)
    assert.deepStrictEqual(await standsIn(shop.home, secret), [])
    assert.strictEqual((await deliver("after")).exit, 0)
    assert.deepStrictEqual(filesWith(join(shop.folder, "after"), secret), [])
    assert.isAbove(filesWith(join(shop.folder, "after"), "c11").length, 0)

    const uses = await assayJson<{ uses: ReadonlyArray<unknown>; summary: ReadonlyArray<{ asset: string }> }>(
      "uses",
      "--subject",
      secret,
      ...at
    )
    const { key } = await assayJson<{ key: string }>("log", "key", ...at)
    const receiptFile = file("receipt.json", JSON.stringify(receipt))
    const verify = (name: string, document: object) =>
      spawnSync(
        process.execPath,
        [verifier, "uses", file(name, JSON.stringify(document)), "--key", key, "--after", receiptFile],
        {
          encoding: "utf8"
        }
      )
    const checked = verify("uses.json", uses)
    assert.strictEqual(checked.status, 0, checked.stdout)
    const made = (JSON.parse(checked.stdout) as { uses: ReadonlyArray<{ asset: string; recipient: string }> }).uses
    assert.sameMembers(
      [...new Set(made.map(({ asset, recipient }) => `${asset} ${recipient}`))],
      ["core.order internal", "release.orders_by_region third-party", "release.usage_records party:acme-repair"]
    )
    assert.strictEqual(verify("other.json", { ...uses, salt: "00".repeat(32) }).status, 16)

    assert.strictEqual((await assay("erase", "--subject", secret, ...at)).exit, 3)
    await assayJson("erase", "--subject", secret, "--yes", ...at)
    assert.deepStrictEqual(filesWith(shop.home, secret), [])
    assert.deepStrictEqual(await standsIn(shop.home, secret, true), [])
    // What is on sale was made without them, so it stays on sale.
    assert.strictEqual((await deliver("erased")).exit, 0)
    // The source still has them, and its file has changed, so it is read again.
    appendFileSync(shop.csv, "x9,c14,north,2026-01-15,9.50\n")
    await assayJson("run", "--as-of", "2026-03-15", ...at)
    assert.deepStrictEqual(await standsIn(shop.home, secret, true), [])
    assert.strictEqual((await deliver("later")).exit, 0)
    assert.strictEqual((await assay("log", "verify", ...at)).exit, 0)
  }, 240_000)
})
