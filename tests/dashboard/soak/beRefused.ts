import { connect } from "node:net"
import type { LoadWorld } from "./LoadWorld.ts"

const refusals: ReadonlyArray<readonly [path: string, body: unknown, headers: Readonly<Record<string, string>>]> = [
  ["/api/executive/portfolio", undefined, {}],
  ["/api/steward/overview", undefined, {}],
  ["/api/auditor/verify", {}, {}],
  ["/api/orders/ord_aaaaaaaaaaaaaaaaaaaaaaaaaa/pay", {}, {}],
  ["/api/no/such/thing", undefined, {}],
  ["/api/quotes", "{", {}],
  ["/api/quotes", { product: "../../etc/passwd" }, {}],
  ["/api/quotes", { product: "x", more: "y".repeat(60_000) }, {}],
  ["/api/quotes", "x".repeat(70_000), {}],
  ["/api/quotes", { product: "x" }, { origin: "http://elsewhere.example" }],
  ["/api/quotes", { product: "x" }, { "content-type": "text/plain" }],
  ["/delta-sharing/shares", undefined, { authorization: "Bearer nonsense" }],
  ["/api/v1/usage", undefined, { authorization: "Bearer nonsense" }]
]

/** Somebody who tries what is not theirs, sends what cannot be read, and hangs up in the middle of it. */
export async function beRefused(world: LoadWorld): Promise<void> {
  for (let round = 0; !world.stopping; round++) {
    // A session that is refused often is looked at more closely; this is always another one.
    const cookie = await world.signIn("buyer", `stranger-${round}`)
    for (const [path, body, headers] of refusals) {
      if (world.stopping) return
      const answer = await world.ask(path, cookie, body, headers)
      await answer?.arrayBuffer().catch(() => undefined)
      if (answer !== undefined && answer.status < 400) world.wrong.push(`${answer.status} ${path} for a stranger`)
    }
    await hangUp(world, cookie ?? "")
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Half a line, half a head, half a body and a whole request, each left before the answer. */
async function hangUp({ base, served }: LoadWorld, cookie: string): Promise<void> {
  const { host, port, hostname } = new URL(base)
  const head = `POST /api/quotes HTTP/1.1\r\nhost: ${host}\r\norigin: ${base}\r\ncookie: ${cookie}\r\ncontent-type: application/json\r\n`
  const get = `GET /api/openapi.json HTTP/1.1\r\nhost: ${host}\r\n\r\n`
  if (served === undefined) return
  for (const text of ["GET /ap", head, `${head}content-length: 400\r\n\r\n{"product":`, get.repeat(5)]) {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write(text, () => socket.destroy()))
      socket.once("close", () => resolve()).once("error", () => undefined)
    })
  }
}
