import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Home } from "#core/home/Home.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { Webhooks } from "#catalog/webhook/Webhooks.ts"
import type { AssetHistory } from "#dashboard/api/steward/AssetHistory.ts"
import type { BudgetParts } from "#dashboard/api/steward/BudgetParts.ts"
import type { ChargeDetail } from "#dashboard/api/steward/ChargeDetail.ts"
import type { Design } from "#dashboard/api/steward/Design.ts"
import type { Drafts } from "#dashboard/api/steward/Drafts.ts"
import type { Inspected } from "#dashboard/api/steward/Inspected.ts"
import type { Overview } from "#dashboard/api/steward/Overview.ts"
import type { Permission } from "#dashboard/api/steward/Permission.ts"
import type { Review } from "#dashboard/api/steward/Review.ts"
import type { RowHandles } from "#dashboard/api/steward/RowHandles.ts"
import type { Run } from "#dashboard/api/steward/Run.ts"
import type { RunDetail } from "#dashboard/api/steward/RunDetail.ts"
import type { Service } from "#dashboard/api/steward/Service.ts"
import type { Sources } from "#dashboard/api/steward/Sources.ts"
import type { Trace } from "#dashboard/api/steward/Trace.ts"
import { mintLink } from "#dashboard/server/mintLink.ts"
import { buildWeb } from "./buildWeb.ts"
import { openBrowser } from "./openBrowser.ts"
import { openHouse } from "./openHouse.ts"
import { customers, declared, draft, orders } from "./stewardShop.ts"
import { dealsCsv, secretOnTheLine, stewardMending } from "./stewardMending.ts"
import { stewardDecisions } from "./stewardDecisions.ts"

let house: Awaited<ReturnType<typeof openHouse>>
let steward: string
let web: string

async function ask<A>(
  path: string,
  body?: unknown,
  cookie = steward
): Promise<{ status: number; body: A; text: string }> {
  const answer = await fetch(`${house.base}/api/steward/${path}`, {
    ...(body === undefined
      ? {}
      : { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    headers: { cookie, origin: house.base, ...(body === undefined ? {} : { "content-type": "application/json" }) }
  })
  const text = await answer.text()
  return { status: answer.status, body: JSON.parse(text) as A, text }
}

/** A step that is named by its address alone. */
async function post<A>(path: string): Promise<{ status: number; body: A; text: string }> {
  const answer = await fetch(`${house.base}/api/steward/${path}`, {
    method: "POST",
    headers: { cookie: steward, origin: house.base }
  })
  const text = await answer.text()
  return { status: answer.status, body: JSON.parse(text) as A, text }
}

/** The newest run, when it has ended. */
async function ended(count: number): Promise<Run> {
  return expect
    .poll(async () => (await ask<ReadonlyArray<Run>>("runs")).body, { timeout: 40_000, interval: 100 })
    .toSatisfy((runs: ReadonlyArray<Run>) => runs.length >= count && runs[0]!.state !== "running")
    .then(async () => (await ask<ReadonlyArray<Run>>("runs")).body[0]!)
}

const charges = () => house.run(Budget.use((budget) => budget.ledger))

beforeAll(async () => {
  web = await buildWeb()
  house = await openHouse(web)
  steward = await house.signIn("steward")
  const { path } = await house.run(
    Effect.gen(function* () {
      return yield* Home
    })
  )
  mkdirSync(join(path, "inbox"), { recursive: true })
  writeFileSync(join(path, "inbox", "orders.csv"), orders)
  writeFileSync(join(path, "secret.csv"), "a,b\n1,2\n")
})
afterAll(async () => {
  await house.close()
  rmSync(web, { recursive: true, force: true })
})

describe("a file becomes a source on the pages", () => {
  it("is looked at without a value leaving it, and nothing beside the inbox can be", async () => {
    const { status, body, text } = await ask<Inspected>("inspect", { folder: "inbox", file: "orders.csv" })
    expect(status).toBe(200)
    const [stream] = body.streams
    expect(stream).toMatchObject({ file: "orders.csv", format: "delimited", rows: customers * 2, badRows: 1 })
    expect(stream!.columns.find(({ name }) => name === "email")!.identifiers).toHaveProperty("email")
    expect(text).not.toContain("mail.example")
    for (const file of ["../secret.csv", "/etc/passwd", "..", "orders.csv/../../secret.csv"])
      expect((await ask("inspect", { folder: "inbox", file })).status).toBe(404)
    expect((await ask("inspect", { folder: "../", file: "secret.csv" })).status).toBe(404)
  })

  it("is connected as declared, refused where it is declared wrongly, and loaded by a run", async () => {
    const wrong = await ask<{ error: { message: string } }>("sources", {
      folder: "inbox",
      source: "Shop!",
      streams: [declared]
    })
    expect(wrong.status).toBe(400)
    expect(wrong.body.error.message).toContain("source")
    const stray = await ask("sources", {
      folder: "inbox",
      source: "shop",
      streams: [{ ...declared, path: "../secret.csv" }]
    })
    expect(stray.status).toBe(404)
    const done = await ask("sources", { folder: "inbox", source: "shop", streams: [declared] })
    expect(done.body).toEqual({ source: "shop", streams: ["orders"] })
    expect((await ask("runs", { selection: "core.nothing" })).status).toBe(404)
    expect((await ask("runs", { selection: "" })).body).toEqual({ accepted: true })
    expect(await ended(1)).toMatchObject({ state: "done", failed: 0 })
    const { sources } = (await ask<Sources>("sources")).body
    expect(sources[0]!.streams[0]).toMatchObject({
      stream: "orders",
      rows: customers * 2,
      files: 1,
      quarantine: [{ rows: 1, files: 1 }],
      licence: { basis: "contract", evidence: "E1" }
    })
  })
})

describe("assets and runs on the pages", () => {
  it("tell what the run did to each asset, and when", async () => {
    const [run] = (await ask<ReadonlyArray<Run>>("runs")).body
    const { spans, events, canResume } = (await ask<RunDetail>(`runs/${run!.id}`)).body
    expect(canResume).toBe(false)
    const made = spans.find(({ asset }) => asset === "raw.shop__orders")!
    expect(made).toMatchObject({ state: "made", rows: customers * 2 })
    expect(Date.parse(made.to!)).toBeGreaterThanOrEqual(Date.parse(made.from!))
    expect(events.at(-1)).toMatchObject({ type: "finished", text: "done" })
    expect((await ask("runs/run_nothing")).status).toBe(404)
  })

  it("show the checks of an asset over time and where a column comes from", async () => {
    const { body } = await ask<AssetHistory>("assets/core.shop__orders")
    expect(body.health).toMatchObject({ state: "fresh", kind: "full" })
    expect(body.checks.map(({ name }) => name)).toContain("present_subject_id")
    const lineage = await ask<{ edges: ReadonlyArray<{ from: string; to: string }> }>(
      "assets/core.shop__orders/columns/region"
    )
    expect(lineage.body.edges).toContainEqual(
      expect.objectContaining({ from: "raw.shop__orders.region", to: "core.shop__orders.region" })
    )
    expect((await ask("assets/core.shop__orders/columns/no_such")).status).toBe(404)
  })

  it("put what needs a steward on one page", async () => {
    const { body } = await ask<Overview>("overview")
    expect(body.assets.missing).toBe(0)
    expect(body.runs).toHaveLength(1)
    expect(body.budget.left).toEqual(body.budget.cap)
  })
})

describe("a trace on the pages", () => {
  it("goes from a row by its handle to one event and forward again, and shows no value", async () => {
    const handles = (await ask<RowHandles>("assets/core.shop__orders/handles")).body
    expect(handles.handles).toHaveLength(12)
    expect((await ask<RowHandles>("assets/core.shop__orders/handles")).body).toEqual(handles)
    const { body, text } = await ask<Trace>("trace", { asset: "core.shop__orders", handle: handles.handles[0] })
    expect(body.back).toEqual({ asset: "core.shop__orders", rows: 1, stale: false, events: 1 })
    expect(body.events[0]).toMatchObject({ asset: "raw.shop__orders" })
    expect(text).not.toMatch(/mail\.example|"o\d+"|"c\d+"/)
    const again = await ask<Trace>("trace", { event: body.events[0]!.id })
    expect(again.body.forward.map(({ asset }) => asset)).toEqual(["raw.shop__orders", "core.shop__orders"])
    expect((await ask("trace", { asset: "core.shop__orders", handle: "row_0000" })).status).toBe(400)
    expect((await ask("trace", { event: "not-an-id" })).status).toBe(400)
  })
})

describe("permission on the pages", () => {
  it("comes in steps of ten, with what the guard decided", async () => {
    const { body } = await ask<Permission>("permission")
    expect(body.licences).toBe(customers)
    expect(body.states).toEqual([{ state: "ACTIVE", subjects: customers }])
    const { purposes, categories, shares } = body.coverage
    const of = (purpose: string, category: string) => shares[purposes.indexOf(purpose)]![categories.indexOf(category)]
    expect(of("dpv:MarketResearch", "dpv-pd:Location")).toBe(1)
    expect(body.operations.find(({ asset }) => asset === "core.shop__orders")).toMatchObject({
      rowsIn: customers * 2,
      rowsOut: customers * 2,
      denied: {}
    })
  })
})

describe("the product designer", () => {
  it("offers the assets that carry subjects", async () => {
    const { assets } = (await ask<Drafts>("drafts")).body
    expect(assets.map(({ key }) => key)).toContain("core.shop__orders")
  })

  it("answers error, loss, price, smallest dataset and index, and charges nothing", async () => {
    const before = await charges()
    const { status, body } = await ask<Design>("design", { draft: draft(2) })
    expect(status).toBe(200)
    expect(body.refusals).toEqual([])
    expect(body.release!.measures).toEqual([
      expect.objectContaining({ name: "customers", absolute: expect.any(Number), halfWidth95: expect.any(Number) })
    ])
    expect(body.release!.basis).toMatchObject({ from: "prior", population: "declared", subjects: customers })
    // A first version is its own reference: every factor is 1.
    expect(body.price).toMatchObject({ price: { minor: 1_200_000, currency: "CNY" }, against: null, listed: null })
    expect(body.price!.tree.children!.map(({ id }) => id)).toEqual(["price.floor", "price.formula"])
    expect(body.mvds).toMatchObject({ reached: true, missing: [] })
    expect(body.index!.gates).toHaveLength(11)
    expect(body.index!.gates.find(({ id }) => id === "G9")).toMatchObject({ passed: true })
    expect(body.budget.asks).toBeCloseTo(body.release!.loss.rho, 12)
    expect(body.yaml).toContain("product: orders_by_region")
    expect(await charges()).toEqual(before)
  })

  it("draws a curve that falls with the loss and is passed through by the chosen place", async () => {
    const { curve, release } = (await ask<Design>("design", { draft: draft(2) })).body
    const errors = curve.points.map((point) => point.errors[0]!)
    expect(curve.points.length).toBeGreaterThan(8)
    for (const [i, error] of errors.entries()) if (i > 0) expect(error).toBeLessThanOrEqual(errors[i - 1]! + 1e-12)
    const above = curve.points.find(({ epsilon }) => epsilon >= 2)!
    const below = curve.points.findLast(({ epsilon }) => epsilon <= 2)!
    expect(release!.measures[0]!.relative).toBeLessThanOrEqual(below.errors[0]! + 1e-12)
    expect(release!.measures[0]!.relative).toBeGreaterThanOrEqual(above.errors[0]! - 1e-12)
  })

  it("says which rule refuses a useless draft and still shows what more loss would buy", async () => {
    const { body } = await ask<Design>("design", { draft: draft(0.01) })
    expect(body.refusals[0]).toMatchObject({ code: "release.useless", field: "release.epsilon" })
    expect(body.curve.points.length).toBeGreaterThan(4)
    const wrong = await ask<{ error: { message: string } }>("design", { draft: { ...draft(2), owner: 7 } })
    expect(wrong.status).toBe(400)
    expect(wrong.body.error.message).toContain("owner")
  })

  it("takes the draft up as a file of the home, whose run draws it, and a second person lists it", async () => {
    expect((await ask("drafts", { draft: draft(1) })).body).toEqual({
      product: "orders_by_region",
      asset: "release.orders_by_region"
    })
    const known = (await ask<Drafts>("drafts")).body.products.find(({ product }) => product === "orders_by_region")
    expect(known).toMatchObject({ listed: null, kind: "dp_aggregate" })
    expect(await charges()).toEqual([])
    await ask("runs", { selection: "release.orders_by_region" })
    expect(await ended(2)).toMatchObject({ state: "done", made: 1 })
    expect(await charges()).toHaveLength(1)
    const stored = (await ask<Design>("design", { draft: draft(1) })).body
    expect(stored).toMatchObject({ stored: true, budget: { asks: 0 } })
    const waiting = (await ask<Review>("review")).body.items.find(({ product }) => product === "orders_by_region")!
    expect(waiting).toMatchObject({ waitsFor: "assessment", state: "draft" })
    expect(waiting.missing.length).toBeGreaterThan(0)
    expect(waiting.index.gates).toHaveLength(11)
    const early = await ask<{ error: { code: string } }>("review/orders_by_region/approve", { reason: "all is well" })
    expect(early.status).toBeGreaterThanOrEqual(400)
  })
})

describe("two people before two browsers", () => {
  it("take a product from evidence to sale and to its end, and send it back once", async () => {
    const link = (name: string) => house.run(mintLink("steward", Number(new URL(house.base).port), name))
    const browser = await openBrowser()
    try {
      await stewardDecisions(
        browser,
        { anna: await link("anna"), boris: await link("boris"), product: "orders_by_region" },
        [
          { language: "en", theme: "light", width: 1440, pictures: process.env["ASSAY_PICTURES"] },
          { language: "zh-CN", theme: "dark", width: 390, pictures: process.env["ASSAY_PICTURES"] }
        ]
      )
    } finally {
      await browser.close()
    }
  }, 60_000)
})

describe("a file with a broken line", () => {
  it("is mapped and connected on the page, fails by its line, and is loaded once it was mended", async () => {
    const { path } = await house.run(
      Effect.gen(function* () {
        return yield* Home
      })
    )
    const write = (mended: boolean): void => writeFileSync(join(path, "inbox", "deals.csv"), dealsCsv(mended))
    write(false)
    const link = await house.run(mintLink("steward", Number(new URL(house.base).port), "carla"))
    const browser = await openBrowser()
    try {
      const look = { language: "en", theme: "dark", width: 390, pictures: process.env["ASSAY_PICTURES"] } as const
      await stewardMending(browser, link, look, () => write(true))
    } finally {
      await browser.close()
    }
    const { text } = await ask("sources/crm/deals")
    expect(text).not.toContain(secretOnTheLine)
    expect((await ask("sources/crm/no_such")).status).toBe(404)
  }, 60_000)
})

describe("webhooks on the pages", () => {
  it("tell which address fails without telling it, are tested, and are removed", async () => {
    const gone = createServer((_, answer) => answer.writeHead(500).end())
    await new Promise<void>((ready) => gone.listen(0, "127.0.0.1", ready))
    const host = `127.0.0.1:${(gone.address() as AddressInfo).port}`
    const url = `http://${host}/hook/s3cret-of-the-buyer`
    const hook = await house.run(Webhooks.use((hooks) => hooks.add({ buyer: "acme", url, loopback: true })))
    const before = (await ask<Service>("service")).body
    expect(before.webhooks).toEqual([expect.objectContaining({ buyer: "acme", host, state: "silent", attempts: [] })])
    const { status, body, text } = await post<Service>(`webhooks/${hook.id}/test`)
    expect(status).toBe(200)
    expect(body.webhooks[0]).toMatchObject({ state: "fails", givenUp: 0, attempts: [{ status: 500 }] })
    expect(text).not.toContain("s3cret")
    expect((await ask<Overview>("overview")).body.service).toEqual({ trials: 0, webhooks: 1, failing: 1 })
    expect((await post<Service>(`webhooks/${hook.id}/remove`)).body.webhooks).toEqual([])
    expect((await post(`webhooks/${hook.id}/test`)).status).toBe(404)
    expect((await post("trials/tri_nothing/end")).status).toBeGreaterThanOrEqual(400)
    gone.close()
  })
})

describe("the budget on the pages", () => {
  it("leads from a charge to the certificate, and shows a higher cap until a second person approves it", async () => {
    const { budget, raises } = (await ask<BudgetParts>("budget")).body
    expect(raises).toEqual([])
    const charge = await ask<ChargeDetail>(`charges/${budget.charges.at(-1)!.id}`)
    expect(charge.body).toMatchObject({ product: "orders_by_region", version: "2026.1" })
    expect(charge.body.certificate).toMatchObject({ product: "orders_by_region", release: charge.body.id })
    expect((await ask("charges/rel_nothing")).status).toBe(404)
    await house.run(
      Budget.use((own) =>
        Effect.andThen(
          own.limit({ scope: "product", name: "orders_by_region", rhoUnits: 10n ** 11n }),
          own.limit({ scope: "product", name: "orders_by_region", rhoUnits: 2n * 10n ** 11n }, "anna")
        )
      )
    )
    const [raise] = (await ask<BudgetParts>("budget")).body.raises
    expect(raise).toMatchObject({ scope: "product", name: "orders_by_region", askedBy: "anna" })
    expect(raise!.to.rho).toBeGreaterThan(raise!.from!.rho)
    await house.run(Budget.use((own) => own.approve(raise!.id, "boris")))
    expect((await ask<BudgetParts>("budget")).body.raises).toEqual([])
  })
})

describe("the pages of stewards", () => {
  it("are for nobody else", async () => {
    const buyer = await house.signIn("buyer")
    for (const path of ["overview", "permission", "budget", "runs", "identifiers", "review"])
      expect((await ask(path, undefined, buyer)).status).toBe(403)
    expect((await ask("design", { draft: {} }, buyer)).status).toBe(403)
  })
})
