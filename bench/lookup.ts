/**
 * How many lookups a second does the per-call API answer over loopback, each recognised by its key, entitled and metered before it is
 * answered (target: 2,000)?
 *
 *     node bench/lookup.ts [SECONDS]
 *
 * A real house in a temporary folder serves a table of 250 rows; the client is a worker of this process with 64 connections that are
 * kept open, each asking for one of 31 values at a time, two rows an answer. Beside it the same client against a route that answers a
 * constant, so that what the client and the HTTP server cost by themselves can be told apart. Three rounds, in turn.
 */
import { once } from "node:events"
import { Agent, get } from "node:http"
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads"
import type { openHouse as Open } from "../tests/dashboard/openHouse.ts"

interface Task {
  readonly base: string
  readonly path: string
  readonly token: string
  readonly seconds: number
}

const connections = 64

/** Asks as fast as it is answered and says how many answers there were and how long the slow ones took. */
function ask({
  base,
  path,
  token,
  seconds
}: Task): Promise<{ answers: number; p50: number; p99: number; wrong: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const headers = { authorization: `Bearer ${token}` }
  const millis: Array<number> = []
  let wrong = 0
  const until = performance.now() + seconds * 1000
  const one = (i: number): Promise<void> =>
    new Promise((resolve) => {
      const begun = performance.now()
      get(
        `${base}${path}${path.endsWith("=") ? encodeURIComponent(`state ${i % 31}`) : ""}`,
        { agent, headers },
        (answer) => {
          answer.resume()
          answer.on("end", () => {
            millis.push(performance.now() - begun)
            if (answer.statusCode !== 200) wrong += 1
            resolve()
          })
        }
      ).on("error", () => {
        wrong += 1
        resolve()
      })
    })
  const lane = async (from: number): Promise<void> => {
    for (let i = from; performance.now() < until; i += connections) await one(i)
  }
  return Promise.all(Array.from({ length: connections }, (_, i) => lane(i))).then(() => {
    agent.destroy()
    millis.sort((a, b) => a - b)
    const at = (share: number): number => Math.round(10 * (millis[Math.floor(millis.length * share)] ?? 0)) / 10
    return { answers: millis.length, p50: at(0.5), p99: at(0.99), wrong }
  })
}

if (!isMainThread) {
  parentPort!.postMessage(await ask(workerData as Task), [])
} else {
  const seconds = Number(process.argv[2] ?? 5)
  // Loaded here, since a worker needs none of it.
  const { openHouse } = (await import("../tests/dashboard/openHouse.ts")) as { openHouse: typeof Open }
  const { Effect } = await import("effect")
  const { ApiKeys } = await import("#catalog/lookup/ApiKeys.ts")
  const { Orders } = await import("#catalog/order/Orders.ts")
  const { Quotes } = await import("#catalog/quote/Quotes.ts")
  const { Usage } = await import("#catalog/usage/Usage.ts")
  const house = await openHouse()
  try {
    const { token } = await house.run(
      Effect.gen(function* () {
        const quote = yield* (yield* Quotes).create("orders_by_state")
        const order = yield* (yield* Orders).place({ quote: quote.id, buyer: "Acme", key: "k" })
        yield* (yield* Orders).pay(order.id, "p")
        return yield* (yield* ApiKeys).add({ holder: order.id, days: 1, scopes: ["lookup"] })
      })
    )
    const measure = async (path: string) => {
      const task: Task = { base: house.base, path, token, seconds }
      const worker = new Worker(new URL(import.meta.url), { workerData: task })
      const [found] = (await once(worker, "message")) as [Awaited<ReturnType<typeof ask>>]
      return { ...found, perSecond: Math.round(found.answers / seconds) }
    }
    for (let round = 1; round <= 3; round++) {
      console.log(JSON.stringify({ round, what: "a constant", ...(await measure("/healthz")) }))
      console.log(
        JSON.stringify({ round, what: "lookups", ...(await measure("/api/v1/lookup/orders_by_state?limit=2&state=")) })
      )
    }
    const { problems, totals } = await house.run(
      Usage.use((usage) => Effect.all({ problems: usage.problems, totals: usage.totals("Acme") }))
    )
    console.log(JSON.stringify({ metered: totals[0]?.events, problems }))
  } finally {
    await house.close()
  }
}
