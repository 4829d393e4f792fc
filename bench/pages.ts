/**
 * How soon does a served home answer, and how soon can each page be used? On one home, asked by one person at a time; targets:
 * - every GET of every role and what pages ask by POST without changing anything: p99 100 ms;
 * - every page of every face, from a full load to a heading and nothing that is still busy, in Chromium: 1 s;
 * - JavaScript of a page, compressed, with all that it loads: 300 kB.
 *
 * A route is asked 40 times, each time after the records have changed, so that nothing is answered from what is kept for an earlier version; the first three
 * do not count, since most of their time is compiling. CPU is that of the server, by the clock of the kernel, of 10 ms.
 *
 * `node bench/pages.ts [home] [data|pages]`; the home is a demo home, made when there is none.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { gzipSync } from "node:zlib"
import { customerLink } from "#dashboard/server/customerLink.ts"
import { mintLink } from "#dashboard/server/mintLink.ts"
import type { Route } from "#dashboard/api/route.ts"
import { Role } from "#dashboard/api/Role.ts"
import { routes } from "#dashboard/api/routes.ts"
import { menus } from "#dashboard/web/shell/menus.ts"
import { openBrowser } from "../tests/dashboard/openBrowser.ts"
import { servedHome } from "../tests/dashboard/soak/servedHome.ts"

const [times, warmUps, loads, patience] = [40, 3, 5, 10_000]
const folder = mkdtempSync(join(tmpdir(), "assay-bench-pages-"))
const home = process.argv[2] ?? join(folder, "home")
const part = process.argv[3]
const round = (value: number): number => Math.round(value * 10) / 10
const at = (values: ReadonlyArray<number>, share: number): number =>
  round(values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1]!)

/** One thing that a page asks for. */
interface Asked {
  readonly role: Role
  readonly path: string
  readonly body?: object
}

async function measure(served: Awaited<ReturnType<typeof servedHome.start>>): Promise<void> {
  const { base, port, cpuSeconds, openSession, beside } = served
  const link = (role: Role): Promise<string> => beside(role === "customer" ? customerLink(port) : mintLink(role, port))
  const cookies = new Map<Role, string>()
  for (const role of Role.literals) cookies.set(role, await openSession(await link(role)))
  const ask = ({ role, path, body }: Asked): Promise<Response> =>
    fetch(`${base}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        cookie: cookies.get(role)!,
        origin: base,
        "accept-encoding": "br",
        ...(body === undefined ? {} : { "content-type": "application/json" })
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
  const read = async <A>(role: Role, path: string, body?: object): Promise<A> =>
    (await (await ask({ role, path, ...(body === undefined ? {} : { body }) })).json()) as A
  const records = new DatabaseSync(join(home, "records.sqlite"), { timeout: 5000 })
  /** A write that leaves everything as it was. */
  const change = (): void => records.exec("update migration set applied_at = applied_at where id = 'budget-0001'")

  /** What stands for `:id` and the like; each with the role that may see it. */
  const [product] = await read<ReadonlyArray<{ id: string }>>("buyer", "/api/products")
  const quote = await read<{ id: string }>("buyer", "/api/quotes", { product: product!.id })
  const order = await read<{ id: string }>("buyer", "/api/orders", { quote: quote.id })
  await read("steward", `/api/orders/${order.id}/pay`, {})
  const [run] = await read<ReadonlyArray<{ id: string }>>("steward", "/api/steward/runs")
  const [release] = await read<ReadonlyArray<{ id: string }>>("auditor", "/api/auditor/releases")
  const { grants } = await read<{ grants: ReadonlyArray<{ digest: string }> }>("customer", "/api/customer/receipts")
  const { releases } = await read<{ releases: ReadonlyArray<{ operation: string }> }>("customer", "/api/customer/uses")
  const { handles } = await read<{ handles: ReadonlyArray<string> }>(
    "steward",
    "/api/steward/assets/core.order/handles"
  )
  const { products } = await read<{ products: ReadonlyArray<{ draft: object }> }>("steward", "/api/steward/drafts")
  const delivery = `/api/orders/${order.id}/delivery?format=csv`
  await ask({ role: "buyer", path: delivery }).then((answer) => answer.arrayBuffer())
  const { charges } = await read<{ charges?: ReadonlyArray<{ id: string }> }>("steward", "/api/steward/budget")
  const filled: Readonly<Record<string, string>> = {
    "/api/products/:id": `/api/products/${product!.id}`,
    "/api/quotes/:id": `/api/quotes/${quote.id}`,
    "/api/products/:id/record": `/api/products/${product!.id}/record`,
    "/api/products/:id/lineage": `/api/products/${product!.id}/lineage`,
    "/api/products/:id/attack": `/api/products/${product!.id}/attack`,
    "/api/orders/:id/delivery": delivery,
    "/api/orders/:id/certificate": `/api/orders/${order.id}/certificate?format=csv`,
    "/api/assets/:key": "/api/assets/core.interaction",
    "/api/assets/:key/fields": "/api/assets/core.interaction/fields",
    "/api/steward/assets/:key": "/api/steward/assets/core.interaction",
    "/api/steward/assets/:key/columns/:column": "/api/steward/assets/core.order/columns/amount_minor",
    "/api/steward/assets/:key/handles": "/api/steward/assets/core.order/handles",
    "/api/steward/identifiers/:key": "/api/steward/identifiers/raw.sample__orders",
    "/api/steward/sources/:source/:stream": "/api/steward/sources/sample/orders",
    "/api/steward/charges/:id": `/api/steward/charges/${charges?.[0]?.id ?? "none"}`,
    "/api/steward/review/:product": `/api/steward/review/${product!.id}`,
    "/api/buyer/usage": `/api/buyer/usage?period=2026-11&product=${product!.id}&version=1&meter=share.query`,
    "/api/steward/runs/:id": `/api/steward/runs/${run!.id}`,
    "/api/auditor/entries/:index/proof": "/api/auditor/entries/0/proof",
    "/api/auditor/releases/:id/certificate": `/api/auditor/releases/${release!.id}/certificate`,
    "/api/customer/uses/:operation": `/api/customer/uses/${encodeURIComponent(releases[0]?.operation ?? "none")}`,
    "/api/customer/grants/:digest": `/api/customer/grants/${grants[0]?.digest}?format=odrl`
  }
  const gets = Object.values<Route>(routes)
    .filter((route) => route.method === "GET" && route.response !== "stream")
    .flatMap((route): ReadonlyArray<Asked> => {
      const path = filled[route.path] ?? route.path
      const roles = route.callers === "anyone" ? (["buyer"] as const) : route.callers
      return roles.map((role) => ({ role, path }))
    })
  const scenario = { name: "bench", purpose: "dpv:MarketResearch", required: ["region"], optional: [], threshold: 60 }
  const asked: ReadonlyArray<Asked> = [
    ...gets,
    ...products.map(({ draft }) => ({ role: "steward" as const, path: "/api/steward/design", body: { draft } })),
    { role: "steward", path: "/api/steward/trace", body: { asset: "core.order", handle: handles[0] } },
    { role: "buyer", path: "/api/buyer/scenarios", body: scenario },
    { role: "auditor", path: "/api/auditor/verify", body: {} }
  ]
  if (part !== "pages") {
    const rows: Array<Record<string, unknown> & { readonly p99: number }> = []
    for (const one of asked) {
      const millis: Array<number> = []
      let [cpu, bytes, status] = [0, 0, 0]
      for (let i = 0; i < times; i++) {
        change()
        const [began, used] = [performance.now(), cpuSeconds()]
        const answer = await ask(one)
        bytes = (await answer.arrayBuffer()).byteLength
        status = answer.status
        if (i < warmUps) continue
        cpu += cpuSeconds() - used
        millis.push(performance.now() - began)
      }
      const cpuMillis = round((1000 * cpu) / millis.length)
      rows.push({
        role: one.role,
        path: one.path,
        status,
        p50: at(millis, 0.5),
        p99: at(millis, 0.99),
        cpuMillis,
        bytes
      })
    }
    const slowest = rows.toSorted((a, b) => b.p99 - a.p99)
    console.log(JSON.stringify({ routes: rows.length, over100: rows.filter(({ p99 }) => p99 > 100).length }))
    for (const row of slowest.slice(0, 10)) console.log(JSON.stringify(row))
    for (const row of slowest.filter((one) => one["status"] !== 200))
      console.log(`not answered: ${JSON.stringify(row)}`)
  }

  if (part !== "data") {
    const security = ["/security", "/register"]
    const more: Partial<Record<Role, ReadonlyArray<string>>> = {
      buyer: [`/products/${product!.id}`, `/quotes/${quote.id}`, "/sign-in", ...security],
      steward: [
        "/steward/sources/connect",
        "/steward/sources/identifiers",
        "/steward/assets/core.interaction",
        `/steward/runs/${run!.id}`,
        "/steward/trace/core.order",
        "/steward/design/decision_chain",
        "/assets",
        "/assets/core.interaction",
        "/budget"
      ]
    }
    const browser = await openBrowser()
    const shown: Array<{ role: Role; address: string; p50: number; most: number; scriptKb: number }> = []
    for (const role of Role.literals) {
      const context = await browser.newContext({ locale: "en", viewport: { width: 1440, height: 1000 } })
      const page = await context.newPage()
      await page.goto(await link(role))
      await page.waitForURL((url) => url.pathname !== "/sign-in")
      for (const address of [...menus[role].map(([own]) => own), ...(more[role] ?? [])]) {
        const millis: Array<number> = []
        const scripts = new Map<string, number>()
        page.on("response", async (answer) => {
          if (!answer.url().endsWith(".js") || scripts.has(answer.url())) return
          scripts.set(answer.url(), 0)
          scripts.set(answer.url(), gzipSync(await answer.body().catch(() => Buffer.alloc(0))).length)
        })
        for (let i = 0; i < loads; i++) {
          const began = performance.now()
          await page.goto(`${base}${address}`)
          const settled = page
            .locator("main h1, main [role=alert]")
            .first()
            .waitFor({ timeout: patience })
            .then(() => page.locator("[aria-busy=true]").first().waitFor({ state: "detached", timeout: patience }))
          // A page that never settles is told, and the others are still opened.
          await settled.catch(() => console.log(`never settles: ${role} ${address}`))
          millis.push(performance.now() - began)
        }
        page.removeAllListeners("response")
        const scriptKb = round([...scripts.values()].reduce((sum, one) => sum + one, 0) / 1000)
        shown.push({ role, address, p50: at(millis, 0.5), most: at(millis, 1), scriptKb })
      }
      await context.close()
    }
    await browser.close()
    const slowest = shown.toSorted((a, b) => b.most - a.most)
    const over = shown.filter(({ most }) => most > 1000).length
    console.log(
      JSON.stringify({
        pages: shown.length,
        over1000: over,
        p50: at(
          shown.map(({ p50 }) => p50),
          0.5
        )
      })
    )
    for (const one of slowest.slice(0, 10)) console.log(JSON.stringify(one))
    console.log(JSON.stringify({ mostScriptKb: Math.max(...shown.map(({ scriptKb }) => scriptKb)) }))
  }
  console.log(JSON.stringify({ load: loadavg()[0] }))
  records.close()
}

try {
  if (!existsSync(home)) await servedHome.demo(home)
  const served = await servedHome.start(home)
  await measure(served).finally(() => served.stop())
} finally {
  rmSync(folder, { recursive: true, force: true })
}
