import { mkdtempSync, rmSync } from "node:fs"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { mintLink } from "#dashboard/server/mintLink.ts"
import { openHouse } from "./openHouse.ts"
import { servedHome } from "./soak/servedHome.ts"

const folder = mkdtempSync(join(tmpdir(), "assay-shutdown-"))
const home = join(folder, "home")
beforeAll(async () => {
  await (await openHouse(undefined, folder)).close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A POST whose head is with the server, which has said that it goes on; the body comes when it is told to. */
function halfAsked(base: string, cookie: string, body: string) {
  const { port, host } = new URL(base)
  let got = ""
  const socket = connect(Number(port), "localhost", () =>
    socket.write(
      `POST /api/quotes HTTP/1.1\r\nhost: ${host}\r\norigin: ${base}\r\ncookie: ${cookie}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nexpect: 100-continue\r\n\r\n`
    )
  )
  socket.on("data", (data) => void (got += data.toString()))
  socket.on("error", () => undefined)
  const closed = new Promise<string>((resolve) => socket.on("close", () => resolve(got)))
  return { heard: () => got, say: () => void socket.write(body), closed }
}

/** Whether nobody listens any more. */
const isShut = (base: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(base).port), "localhost")
    socket.on("connect", () => {
      socket.destroy()
      resolve(false)
    })
    socket.on("error", () => resolve(true))
  })

const stalls = process.env["ASSAY_NIGHTLY"] === "1" ? [false, true] : [false]

describe("a server that is told to end", () => {
  for (const stalled of stalls) {
    it(
      `answers what was asked before, takes nothing more, ends live events and then itself with 0${stalled ? ", though somebody never finishes asking" : ""}`,
      { timeout: 90_000 },
      async () => {
        const served = await servedHome.start(home)
        const { base, port } = served
        const cookie = await served.openSession(await served.beside(mintLink("buyer", port, "leaver")))
        const steward = await served.openSession(await served.beside(mintLink("steward", port)))
        const [product] = (await (await fetch(`${base}/api/products`, { headers: { cookie } })).json()) as [
          { id: string }
        ]
        const events = await fetch(`${base}/api/events?topic=runs&after=0`, { headers: { cookie: steward } })
        const body = JSON.stringify({ product: product.id })
        const asked = Array.from({ length: 8 }, () => halfAsked(base, cookie, body))
        const never = stalled ? halfAsked(base, cookie, body) : undefined
        await expect
          .poll(() => asked.every(({ heard }) => heard().includes("100 Continue")), { timeout: 20_000 })
          .toBe(true)
        const begun = performance.now()
        const ended = served.stop()
        await expect.poll(() => isShut(base), { timeout: 20_000 }).toBe(true)
        for (const { say } of asked) say()
        const answers = await Promise.all(asked.map(({ closed }) => closed))
        const quotes = answers.map((answer) => /"id":"(quo_\w+|q\w*_\w+)"/.exec(answer)?.[1])
        for (const answer of answers) expect(answer).toMatch(/HTTP\/1\.1 200 OK[^]*"price"/)
        // What listens is told that it is over, not cut off.
        expect(await events.text()).toContain("retry:")
        expect(await ended).toBe(0)
        await never?.closed
        // Ten seconds for who does not finish, and what a busy machine takes on top.
        expect(performance.now() - begun).toBeLessThan(30_000)
        expect(served.bugs).toEqual([])
        const records = new DatabaseSync(join(home, "records.sqlite"), { readOnly: true })
        const known = new Set(
          records
            .prepare("select quote from quote_owner")
            .all()
            .map(({ quote }) => quote)
        )
        records.close()
        expect(new Set(quotes).size).toBe(8)
        for (const quote of quotes) expect(known).toContain(quote)
      }
    )
  }
})
