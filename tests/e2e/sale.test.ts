import { createHash } from "node:crypto"
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { Effect, ManagedRuntime } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Accuracy } from "#catalog/accuracy/Accuracy.ts"
import { Buyers } from "#catalog/buyer/Buyers.ts"
import { Deliveries } from "#catalog/delivery/Deliveries.ts"
import { ApiKeys } from "#catalog/lookup/ApiKeys.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { Trials } from "#catalog/trial/Trials.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { failure } from "#dashboard/api/failure.ts"
import { salesApp } from "../../app.ts"
import type { SalesServices } from "../../app.ts"
import { assay, assayJson, startAssay } from "../assay.ts"
import { putOnSale } from "../catalog/putOnSale.ts"
import { ordersHome, productYaml } from "./ordersHome.ts"

const shop = ordersHome(8_000, 0.6)
const at = ["--home", shop.home]
const product = "orders_by_region"
const out = join(shop.folder, "out")
const database = join(shop.home, "records.sqlite")

interface Order {
  readonly id: string
  readonly price: { readonly minor: number }
}
interface Delivered {
  readonly file: string
  readonly certificate: string
  readonly sha256: string
}

/** The services that the verbs use, in this process: a verb is a process, and many of them are slow. */
const runtime = ManagedRuntime.make(salesApp(shop.home))
const sales = <A, E>(effect: Effect.Effect<A, E, SalesServices>): Promise<A> => runtime.runPromise(effect)
const quoteOf = (offer?: string) => sales(Quotes.use((quotes) => quotes.create(product, undefined, offer)))
const ordered = (quote: string, buyer: string) =>
  sales(Orders.use((orders) => orders.place({ quote, buyer, key: quote })))
const pay = (order: string) => sales(Orders.use((orders) => orders.pay(order, order)))
const budgetState = () => sales(Budget.use((budget) => budget.spent))

/** A hash of every table but what waits for the log: no refusal may change one. */
function records(): Readonly<Record<string, string>> {
  const db = new DatabaseSync(database, { readOnly: true })
  try {
    const tables = db.prepare("select name from sqlite_master where type = 'table' order by name").all()
    const kept = tables.map(({ name }) => String(name)).filter((name) => !/^(outbox|log_|sqlite_)/.test(name))
    const hashOf = (name: string): string =>
      createHash("sha256")
        .update(JSON.stringify(db.prepare(`select * from "${name}"`).all()))
        .digest("hex")
    return Object.fromEntries(kept.map((name) => [name, hashOf(name)]))
  } finally {
    db.close()
  }
}
const change = (sql: string): void => {
  const db = new DatabaseSync(database)
  db.exec(sql)
  db.close()
}
/** A verb that is refused: exit 3 or 4, a sentence and a way out, and not one row changed. */
async function refused(exit: 3 | 4, code: string, ...args: ReadonlyArray<string>): Promise<void> {
  const before = records()
  const spoken = await assay(...args, ...at, "--json")
  expect([args.join(" "), spoken.exit]).toEqual([args.join(" "), exit])
  const { error } = JSON.parse(spoken.out) as { error: { code: string; message: string; fix: string } }
  expect(error.code).toBe(code)
  expect(error.message.length).toBeGreaterThan(20)
  expect(error.fix.length).toBeGreaterThan(10)
  expect(records()).toEqual(before)
}
/** The same of what a verb would call. */
async function refusedWithin(exit: 3 | 4, code: string, effect: Effect.Effect<unknown, unknown, SalesServices>) {
  const before = records()
  const outcome = await sales(Effect.result(effect))
  const told = failure(outcome._tag === "Failure" ? outcome.failure : undefined)
  expect([told.code, told.exit]).toEqual([code, exit])
  expect(told.message.length).toBeGreaterThan(20)
  expect(told.fix.length).toBeGreaterThan(10)
  expect(records()).toEqual(before)
}
const placing = (quote: string, buyer: string) =>
  Orders.use((orders) => orders.place({ quote, buyer, key: `${quote} ${buyer}` }))
const delivering = (order: string) => Deliveries.use((deliveries) => deliveries.deliver(order, "csv", join(out, order)))
const deliver = (order: string, folder: string) =>
  assayJson<Delivered>("deliver", order, "--format", "csv", "--out", join(out, folder), ...at)

beforeAll(async () => {
  writeFileSync(
    shop.product,
    productYaml(0.6)
      .replace("terms: {", "higher_accuracy: [2]\nterms: {")
      .replace("territory: [CN]", "territory: [CN, DE]")
  )
  await assayJson("source", "add", shop.source, ...at)
  await assayJson("product", "draft", shop.product, ...at)
  await assayJson("run", ...at)
  await sales(putOnSale(product))
}, 120_000)
afterAll(async () => {
  await runtime.dispose()
  rmSync(shop.folder, { recursive: true, force: true })
})

describe("a whole sale by the command line", { timeout: 120_000 }, () => {
  it("ends with a file whose hash is in its certificate, an invoice that equals the ledger and a log that verifies", async () => {
    const { id } = await assayJson<{ id: string }>("quote", product, ...at)
    const order = await assayJson<Order>("order", id, "--buyer", "Acme", ...at)
    const paid = await assayJson<Order>("pay", order.id, "--key", "p1", ...at)
    expect(await assayJson("pay", order.id, "--key", "p1", ...at)).toEqual(paid)
    await refused(3, "order.paid", "pay", order.id, "--key", "p2")

    const { file, certificate, sha256 } = await deliver(order.id, "acme")
    expect(createHash("sha256").update(readFileSync(file)).digest("hex")).toBe(sha256)
    const signed = JSON.parse(readFileSync(certificate, "utf8")) as { order: string; file: { sha256: string } }
    expect(signed).toMatchObject({ order: order.id, file: { sha256 } })
    expect((await assay("verify", file, certificate)).exit).toBe(0)
    const changed = join(out, "changed.csv")
    const bytes = readFileSync(file)
    bytes[bytes.length - 2]! ^= 1
    writeFileSync(changed, bytes)
    const verdict = await assay("verify", changed, certificate)
    expect(verdict.exit).toBe(3)
    expect(verdict.err).toContain("its bytes differ from the certificate's")

    const { invoices } = await assayJson<{ invoices: ReadonlyArray<{ net: number; gross: number }> }>(
      "invoice",
      "list",
      ...at
    )
    expect(invoices).toHaveLength(1)
    expect(invoices[0]!.net).toBe(order.price.minor)
    const ledger = await assayJson<{ sound: boolean; balances: ReadonlyArray<{ account: string; minor: number }> }>(
      "ledger",
      ...at
    )
    expect(ledger.sound).toBe(true)
    expect(ledger.balances.find(({ account }) => account === "bank")!.minor).toBe(invoices[0]!.gross)
    expect((await assay("log", "verify", ...at)).exit).toBe(0)
  })

  it("sells a more accurate release: reserved, paid, made by the pipeline, delivered, and to others for no more privacy", async () => {
    const before = await budgetState()
    const { id } = await quoteOf("all/all/2")
    const order = await assayJson<Order>("order", id, "--buyer", "Acme", ...at)
    const held = await budgetState()
    expect(held.held.rho).toBeCloseTo(2 * before.spent.rho, 6)
    expect(held.spent).toEqual(before.spent)
    // Its loss is held for the first: who comes second waits for what is made.
    await refused(3, "accuracy.reserved", "order", id, "--buyer", "Bold")
    await pay(order.id)
    await refused(3, "delivery.state", "deliver", order.id, "--format", "csv", "--out", join(out, "early"))
    await assayJson("run", ...at)
    const made = await budgetState()
    expect(made.spent.rho).toBeCloseTo(3 * before.spent.rho, 6)
    expect(made.held.rho).toBe(0)
    const orders = await sales(Accuracy.use((accuracy) => accuracy.list()))
    expect(orders).toMatchObject([{ order: order.id, state: "made", accuracy: 2 }])

    const first = await deliver(order.id, "precise")
    const signed = JSON.parse(readFileSync(first.certificate, "utf8")) as {
      release: { guarantee: { epsilon: number } }
    }
    expect(signed.release.guarantee.epsilon).toBeGreaterThan(0.8)
    expect((await assay("verify", first.file, first.certificate)).exit).toBe(0)
    const second = await ordered(id, "Bold")
    await pay(second.id)
    expect((await sales(delivering(second.id))).sha256).toBe(first.sha256)
    if (process.env["ASSAY_NIGHTLY"] === "1") await assayJson("run", ...at)
    expect((await budgetState()).spent).toEqual(made.spent)
    // The product's own version and its next release are as they were.
    expect(await sales(Catalog.use((catalog) => catalog.versions(product)))).toHaveLength(1)
  })

  it("refuses what is outside of the terms, the border, the list and the entitlement, and changes nothing", async () => {
    const { id: quote } = await quoteOf()
    await refused(3, "terms.purpose", "order", quote, "--buyer", "Acme", "--purpose", "dpv:Advertising")
    const verify = (buyer: string, country: string) =>
      sales(Buyers.use((buyers) => buyers.verify({ buyer, legalEntity: buyer, country, taxId: null })))
    await verify("Kunde", "DE")
    await refused(3, "terms.cross-border", "order", quote, "--buyer", "Kunde")
    await verify("Client", "FR")
    await refusedWithin(3, "terms.territory", placing(quote, "Client"))
    await refusedWithin(4, "quote.unknown", placing("quo_none", "Acme"))
    await refused(4, "order.unknown", "deliver", "ord_none", "--format", "csv", "--out", join(out, "none"))

    const order = await ordered(quote, "Acme")
    await refusedWithin(3, "delivery.unpaid", delivering(order.id))
    await pay(order.id)
    change(`update entitlement set since = '2020-01-01T00:00:00.000Z' where order_id = '${order.id}'`)
    await refused(3, "delivery.ended", "deliver", order.id, "--format", "csv", "--out", join(out, "ended"))
    const adding = ApiKeys.use((keys) => keys.add({ holder: order.id, days: 30, scopes: ["lookup"] }))
    await refusedWithin(3, "delivery.ended", adding)

    const event = (quantity: number) =>
      JSON.stringify({
        specversion: "1.0",
        type: "assay.usage",
        source: "gateway",
        id: "e1",
        time: "2026-11-01T00:00:00Z",
        data: { meter: "lookup", product, version: "2026-11.1", quantity }
      })
    const file = join(shop.folder, "events.jsonl")
    writeFileSync(file, `${event(1)}\n`)
    expect(await assayJson("usage", "record", file, "--buyer", "Acme", ...at)).toMatchObject({ accepted: 1 })
    expect(await assayJson("usage", "record", file, "--buyer", "Acme", ...at)).toMatchObject({
      accepted: 0,
      duplicates: 1
    })
    writeFileSync(file, `${event(2)}\n`)
    await refused(3, "usage.conflict", "usage", "record", file, "--buyer", "Acme")
    writeFileSync(file, '{"specversion":"1.0"}\n')
    await refused(4, "usage.event", "usage", "record", file, "--buyer", "Acme")

    const trial = { product, buyer: "Acme", days: 7, calls: 5, spend: { minor: 900, currency: "CNY" }, key: "t" }
    const opening = Trials.use((trials) => trials.open(trial))
    await refusedWithin(3, "trial.tariff", opening)
    const { id: late } = await quoteOf()
    change("update product_life set state = 'suspended'")
    await refused(3, "product.not-listed", "order", late, "--buyer", "Acme")
    const quoting = Quotes.use((quotes) => quotes.create(product))
    await refusedWithin(3, "product.not-listed", quoting)
    change("update product_life set state = 'listed'")
    expect((await assay("log", "verify", ...at)).exit).toBe(0)
  })

  it("goes on over HTTP while it is served: a trial by key to its last call, and a backup through the server", async () => {
    const tariff = join(shop.folder, "tariff.json")
    writeFileSync(tariff, JSON.stringify({ tiers: [{ upTo: null, unit: "0.50 CNY" }] }))
    const month = new Date().toISOString().slice(0, 7)
    await assayJson("admin", "tariff", tariff, product, "lookup", "--since", `${month}-01`, ...at)
    const trial = await assayJson<{ id: string }>(
      "trial",
      "open",
      product,
      "--buyer",
      "Cori",
      "--days",
      "7",
      "--calls",
      "3",
      "--spend",
      "9.00 CNY",
      ...at
    )
    const { token } = await assayJson<{ token: string }>("key", "add", trial.id, ...at)
    const server = startAssay(["serve", "--port", "0", ...at])
    try {
      const base = await new Promise<string>((resolve, reject) => {
        let said = ""
        server.stderr!.setEncoding("utf8").on("data", (text: string) => {
          said += text
          const found = /http:\/\/localhost:\d+/.exec(said)
          if (found !== null && said.includes("Ctrl-C")) resolve(found[0])
        })
        server.on("close", () => reject(new Error(said)))
      })
      const ask = async (query: string, key = token) => {
        const answer = await fetch(`${base}/api/v1/lookup/${product}?${query}`, {
          headers: { authorization: `Bearer ${key}` }
        })
        return {
          status: answer.status,
          json: (await answer.json()) as { total?: number; error?: { code: string; fix: string } }
        }
      }
      const one = await ask("region=north")
      expect([one.status, one.json.total]).toEqual([200, 1])
      expect((await ask("region=north", "ak_wrong")).status).toBe(401)
      expect((await ask("customers=1")).status).toBe(400)
      await ask("region=south")
      await ask("region=nowhere")
      const over = await ask("region=north")
      expect([over.status, over.json.error?.code]).toEqual([403, "trial.exhausted"])
      expect(over.json.error?.fix).toContain("assay trial convert")

      const { drill } = await assayJson<{ drill: { sound: boolean } }>(
        "backup",
        join(shop.folder, "saved"),
        "--drill",
        ...at
      )
      expect(drill.sound).toBe(true)
    } finally {
      const ended = new Promise((resolve) => server.on("close", resolve))
      server.kill("SIGINT")
      await ended
    }
    const { totals } = await assayJson<{ totals: ReadonlyArray<{ tenant: string; quantity: number }> }>(
      "usage",
      "--buyer",
      "Cori",
      ...at
    )
    expect(totals).toMatchObject([{ tenant: "Cori", meter: "lookup", events: 3, quantity: 3 }])
    const order = await sales(Trials.use((trials) => trials.convert(trial.id, "c")))
    await pay(order.id)
    const keys = join(shop.home, "keys")
    const restored = join(shop.folder, "restored")
    await assayJson("restore", join(shop.folder, "saved"), "--home", restored, "--keys", keys)
    expect((await assay("ledger", "--home", restored)).exit).toBe(0)
  })
})
