/**
 * How fast is a served home? Figures and their targets:
 * - from the start of the process to the first 200 of `/`: 2 s;
 * - the catalog page's data at 200 concurrent clients, each with a session of its own: p99 50 ms;
 * - from the click to a catalog with its cards, a product with its price, in Chromium: 1 s.
 *
 * Everything is on this machine: the server in its own process, the clients in this one. The home is a demo home; it is made when there is none.
 *
 * `node bench/server.ts [home] [seconds]`
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { availableParallelism, loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import autocannon from "autocannon"
import { Effect } from "effect"
import { mintLink } from "#dashboard/server/mintLink.ts"
import { openBrowser } from "../tests/dashboard/openBrowser.ts"
import { servedHome } from "../tests/dashboard/soak/servedHome.ts"

const clients = 200
const seconds = Number(process.argv[3] ?? 15)
const folder = mkdtempSync(join(tmpdir(), "assay-bench-server-"))
const home = process.argv[2] ?? join(folder, "home")

/** Loads one address with 200 clients for some seconds; every client has its own session. */
function load(url: string, cookies: ReadonlyArray<string>): Promise<autocannon.Result> {
  let next = 0
  return autocannon({
    url,
    connections: clients,
    duration: seconds,
    headers: { "accept-encoding": "gzip, br" },
    setupClient: (client) => client.setHeaders({ "accept-encoding": "br", cookie: cookies[next++ % cookies.length]! })
  })
}

const round = (value: number): number => Math.round(value * 10) / 10
try {
  if (!existsSync(home)) await servedHome.demo(home)
  const starts: Array<number> = []
  const cpus: Array<number> = []
  for (let i = 0; i < 3; i++) {
    const { startMillis, cpuSeconds, stop } = await servedHome.start(home)
    starts.push(Math.round(startMillis))
    cpus.push(cpuSeconds())
    await stop()
  }
  const { base, port, cpuSeconds, openSession, beside, stop } = await servedHome.start(home)
  const links = await beside(
    Effect.forEach(Array.from({ length: clients + 1 }), (_, i) => mintLink("buyer", port, `bench-buyer-${i}`))
  )
  const cookies: Array<string> = []
  for (const link of links.slice(1)) cookies.push(await openSession(link))
  console.log(
    JSON.stringify({ cores: availableParallelism(), load: loadavg()[0], startMillis: starts, startCpuSeconds: cpus })
  )

  const list = (await (
    await fetch(`${base}/api/products`, { headers: { cookie: cookies[0]! } })
  ).json()) as ReadonlyArray<{
    id: string
  }>
  for (const path of ["/api/products", "/api/search", `/api/products/${list[0]?.id}`]) {
    const before = cpuSeconds()
    const { latency, requests, non2xx, errors } = await load(`${base}${path}`, cookies)
    const { p50, p90, p97_5, p99, max } = latency
    console.log(
      JSON.stringify({
        path,
        clients,
        seconds,
        perSecond: round(requests.average),
        cpuMillis: Math.round(((cpuSeconds() - before) / requests.total) * 1e6) / 1000,
        p50,
        p90,
        p97_5,
        p99,
        max,
        non2xx,
        errors
      })
    )
  }

  const browser = await openBrowser()
  const page = await browser.newPage({ locale: "en" })
  await page.goto(links[0]!)
  await page.locator("a.card").first().waitFor()
  const times: Record<string, Array<number>> = { catalog: [], product: [] }
  for (let i = 0; i < 5; i++) {
    const begun = performance.now()
    await page.goto(base)
    await page.locator("a.card").first().waitFor()
    times["catalog"]!.push(Math.round(performance.now() - begun))
    const clicked = performance.now()
    await page.locator("a.card").first().click()
    await page.locator("assay-price svg").first().waitFor()
    times["product"]!.push(Math.round(performance.now() - clicked))
  }
  await browser.close()
  console.log(JSON.stringify({ interactiveMillis: times }))
  await stop()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
