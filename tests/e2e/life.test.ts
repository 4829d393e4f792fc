import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { assay, assayJson } from "../assay.ts"
import { listProduct } from "./listing.ts"
import { ordersHome } from "./ordersHome.ts"

const product = "orders_by_region"

describe("the life of a product at the terminal", () => {
  it("goes from draft to sale by two people, and its buyer is told when it ends", async () => {
    const shop = ordersHome(3000)
    const at = ["--home", shop.home]
    await assayJson("source", "add", shop.source, ...at)
    await assayJson("run", ...at)
    const none = await assayJson<{ products: ReadonlyArray<unknown>; others: unknown }>("product", "list", ...at)
    assert.deepStrictEqual(none.products, [])
    assert.include(JSON.stringify(none.others), '"draft"')
    const zh = await assay("product", "review", "--lang", "zh", ...at)
    assert.include(zh.out, "门槛未通过：G5、G7")
    assert.include(zh.out, "待提交")

    for (const [args, exit, word] of [
      [["product", "submit", product], 4, "--by NAME"],
      [["product", "evidence", product, "G5", "--by", "anna"], 4, "--file"],
      [["product", "deprecate", product, "--by", "anna"], 4, "--on"],
      [["product", "suspend", product, "--by", "anna"], 3, "draft"]
    ] as const) {
      const said = await assay(...args, ...at)
      assert.strictEqual(said.exit, exit, said.err)
      assert.include(said.err, word)
    }
    await listProduct(at, product)
    const { id } = await assayJson<{ id: string }>("quote", product, ...at)
    const order = await assayJson<{ id: string }>("order", id, "--buyer", "acme", ...at)
    await assayJson("pay", order.id, ...at)
    await assayJson("deliver", order.id, "--out", join(shop.folder, "out"), ...at)
    const { stages, signature } = await assayJson<{
      stages: ReadonlyArray<{ number: string | null }>
      signature: string | null
    }>("voucher", order.id, ...at)
    assert.deepStrictEqual(
      stages.map(({ number }) => number?.slice(0, 2)),
      ["DJ", "GP", "JY", "JF", "QS", "PZ"]
    )
    assert.isString(signature)

    const got: Array<string> = []
    const server = createServer((incoming, outgoing) => {
      incoming.on("data", (text: Buffer) => got.push(text.toString()))
      incoming.on("end", () => outgoing.end())
    })
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    await assayJson("webhook", "add", "acme", url, ...at)
    assert.strictEqual((await assay("webhook", "add", "acme", "https://10.0.0.1/", ...at)).exit, 4)
    await assayJson("product", "deprecate", product, "--by", "anna", "--on", "2099-12-31", ...at)
    assert.deepStrictEqual(await assayJson("webhook", "send", ...at), { delivered: 1, failed: 0 })
    assert.include(got.join(""), "notice.deprecation")
    server.close()
    const { notices } = await assayJson<{ notices: ReadonlyArray<{ kind: string }> }>("inbox", "acme", ...at)
    assert.deepStrictEqual(
      notices.map(({ kind }) => kind),
      ["deprecation"]
    )
    assert.strictEqual((await assay("quote", product, ...at)).exit, 3)
    // What was bought goes on.
    await assayJson("deliver", order.id, "--format", "csv", "--out", join(shop.folder, "again"), ...at)
    assert.isTrue((await assayJson<{ sound: boolean }>("log", "verify", ...at)).sound)
  }, 180_000)
})
