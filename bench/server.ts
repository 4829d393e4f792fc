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
import { spawn } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import type { AddressInfo } from "node:net"
import { availableParallelism, loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import autocannon from "autocannon"
import { Effect } from "effect"
import { mintLink } from "#dashboard/server/mintLink.ts"
import { salesApp } from "../app.ts"
import { openBrowser } from "../tests/dashboard/openBrowser.ts"

const clients = 200
const seconds = Number(process.argv[3] ?? 15)
const root = fileURLToPath(new URL("..", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "assay-bench-server-"))
const home = process.argv[2] ?? join(folder, "home")
const verb = (...words: ReadonlyArray<string>) =>
  spawn(process.execPath, ["--import", "./core/compileCache.mjs", "main.ts", ...words, "--home", home], {
    cwd: root,
    stdio: "ignore"
  })
const ended = (child: ReturnType<typeof verb>): Promise<void> =>
  new Promise((resolve) => child.once("exit", () => resolve()))

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, "localhost", resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** Starts the server and tells how long it took until the first page came. */
async function serve(port: number): Promise<{ readonly child: ReturnType<typeof verb>; readonly millis: number }> {
  const begun = performance.now()
  const child = verb("serve", "--port", String(port))
  for (;;) {
    const status = await fetch(`http://localhost:${port}/`).then(
      ({ status }) => status,
      () => 0
    )
    if (status === 200) return { child, millis: performance.now() - begun }
    if (child.exitCode !== null) throw new Error("the server ended before it answered")
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function openSession(base: string, link: string): Promise<string> {
  const answer = await fetch(`${base}/api/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: base },
    body: JSON.stringify({ token: link.split("#")[1] })
  })
  return answer.headers.get("set-cookie")!.split(";", 1)[0]!
}

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

/** Seconds of CPU that a process has used; what others do on this machine does not count. */
function cpuSeconds(pid: number): number {
  const [, user, system] = /\) (?:\S+ ){11}(\d+) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))!
  return (Number(user) + Number(system)) / 100
}

const round = (value: number): number => Math.round(value * 10) / 10
try {
  if (!existsSync(home)) await ended(verb("demo", "--subjects", "20000", "--seed", "7"))
  const port = await freePort()
  const starts: Array<number> = []
  const cpus: Array<number> = []
  for (let i = 0; i < 3; i++) {
    const { child, millis } = await serve(port)
    starts.push(Math.round(millis))
    cpus.push(cpuSeconds(child.pid!))
    child.kill("SIGTERM")
    await ended(child)
  }
  const { child } = await serve(port)
  const base = `http://localhost:${port}`
  const links = await Effect.runPromise(
    Effect.provide(
      Effect.forEach(Array.from({ length: clients + 1 }), (_, i) => mintLink("buyer", port, `bench-buyer-${i}`)),
      salesApp(home)
    )
  )
  const cookies: Array<string> = []
  for (const link of links.slice(1)) cookies.push(await openSession(base, link))
  console.log(
    JSON.stringify({ cores: availableParallelism(), load: loadavg()[0], startMillis: starts, startCpuSeconds: cpus })
  )

  const list = (await (
    await fetch(`${base}/api/products`, { headers: { cookie: cookies[0]! } })
  ).json()) as ReadonlyArray<{
    id: string
  }>
  for (const path of ["/api/products", "/api/search", `/api/products/${list[0]?.id}`]) {
    const before = cpuSeconds(child.pid!)
    const { latency, requests, non2xx, errors } = await load(`${base}${path}`, cookies)
    const { p50, p90, p97_5, p99, max } = latency
    console.log(
      JSON.stringify({
        path,
        clients,
        seconds,
        perSecond: round(requests.average),
        cpuMillis: Math.round(((cpuSeconds(child.pid!) - before) / requests.total) * 1e6) / 1000,
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
  child.kill("SIGTERM")
  await ended(child)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
