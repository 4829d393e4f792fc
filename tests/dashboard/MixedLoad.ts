import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"

const script = fileURLToPath(new URL("serveHouse.ts", import.meta.url))

interface Served {
  readonly base: string
  readonly cookies: Readonly<Record<"steward" | "mine" | "theirs" | "executive", string>>
}

/** What the server acknowledged: it has to be there ever after. */
interface Acknowledged {
  readonly quotes: Map<string, string>
  readonly orders: Map<string, string>
  readonly paid: Set<string>
}

/** A home that is served in a process of its own, and people who work with it: read, quote, order, pay, download, listen. */
export class MixedLoad {
  readonly #folder: string
  #child: ChildProcess | undefined
  #served: Served | undefined
  #stopping = false
  /** Answers that were neither done nor refused by a rule, such as 500. */
  readonly wrong: Array<string> = []
  readonly acknowledged: Acknowledged = { quotes: new Map(), orders: new Map(), paid: new Set() }
  requests = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [script, this.#folder], { stdio: ["ignore", "pipe", "inherit"] })
    this.#child = child
    const line = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout! }).once("line", resolve)
      child.once("exit", () => reject(new Error("the server ended before it served")))
    })
    this.#served = JSON.parse(line) as Served
  }

  /** Kills the server at once, as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once("exit", resolve))
    child.kill("SIGKILL")
    await gone
  }

  /** Works for a while; with `kill` the server is killed in the middle of it. */
  async work(millis: number, kill = false): Promise<void> {
    this.#stopping = false
    const people = [
      this.#buy("mine"),
      this.#buy("theirs"),
      this.#buy("mine"),
      this.#read(),
      this.#read(),
      this.#listen()
    ]
    await new Promise((resolve) => setTimeout(resolve, millis))
    if (kill) await this.kill()
    this.#stopping = true
    await Promise.all(people)
  }

  /** A figure of `/metrics`. */
  async figure(name: string): Promise<number> {
    const text = await (await fetch(`${this.#served!.base}/metrics`)).text()
    return Number(new RegExp(`^assay_${name} (\\S+)$`, "m").exec(text)?.[1])
  }

  /** What was acknowledged and is not there any more. */
  async lost(): Promise<ReadonlyArray<string>> {
    const lost: Array<string> = []
    const all = (await (await this.#ask("/api/orders", "steward"))?.json()) as ReadonlyArray<{
      id: string
      paidAt: unknown
    }>
    const known = new Map(all.map((order) => [order.id, order]))
    for (const id of this.acknowledged.orders.keys()) if (!known.has(id)) lost.push(`order ${id}`)
    for (const id of this.acknowledged.paid) if ((known.get(id)?.paidAt ?? null) === null) lost.push(`payment ${id}`)
    for (const [id, who] of this.acknowledged.quotes) {
      const answer = await this.#ask(`/api/quotes/${id}`, who as "mine")
      if (answer?.status !== 200) lost.push(`quote ${id}`)
      await answer?.body?.cancel()
    }
    return lost
  }

  async #ask(path: string, who: keyof Served["cookies"], body?: object): Promise<Response | undefined> {
    const { base, cookies } = this.#served!
    const post = body !== undefined
    const answer = await fetch(`${base}${path}`, {
      method: post ? "POST" : "GET",
      headers: { cookie: cookies[who], origin: base, ...(post ? { "content-type": "application/json" } : {}) },
      ...(post ? { body: JSON.stringify(body) } : {})
    }).catch(() => undefined)
    this.requests += 1
    if (answer !== undefined && answer.status >= 500 && answer.status !== 503)
      this.wrong.push(`${answer.status} ${path}`)
    return answer
  }

  /** The body of an answer that says done; nothing where the server was killed on the way. */
  async #done<A>(answer: Response | undefined): Promise<A | undefined> {
    const body = (await answer?.json().catch(() => undefined)) as A | undefined
    return answer?.ok === true ? body : undefined
  }

  async #buy(who: "mine" | "theirs"): Promise<void> {
    while (!this.#stopping) {
      const list = await this.#done<ReadonlyArray<{ id: string }>>(await this.#ask("/api/products", who))
      const product = list?.[0]?.id
      if (product === undefined) continue
      const quote = await this.#done<{ id: string }>(await this.#ask("/api/quotes", who, { product }))
      if (quote === undefined) continue
      this.acknowledged.quotes.set(quote.id, who)
      const order = await this.#done<{ id: string }>(await this.#ask("/api/orders", who, { quote: quote.id }))
      if (order === undefined) continue
      this.acknowledged.orders.set(order.id, who)
      const paid = await this.#done(await this.#ask(`/api/orders/${order.id}/pay`, "steward", {}))
      if (paid === undefined) continue
      this.acknowledged.paid.add(order.id)
      const file = await this.#ask(`/api/orders/${order.id}/delivery?format=csv`, who)
      await file?.arrayBuffer().catch(() => undefined)
    }
  }

  async #read(): Promise<void> {
    while (!this.#stopping) {
      for (const [path, who] of [
        ["/api/search", "mine"],
        ["/api/value", "executive"],
        ["/api/budget", "steward"],
        ["/api/assets", "steward"],
        ["/api/orders", "theirs"],
        ["/api/value", "mine"]
      ] as const) {
        const answer = await this.#ask(path, who)
        await answer?.arrayBuffer().catch(() => undefined)
      }
    }
  }

  async #listen(): Promise<void> {
    const { base, cookies } = this.#served!
    while (!this.#stopping) {
      const leaving = new AbortController()
      const answer = await fetch(`${base}/api/events?topic=runs&after=0`, {
        headers: { cookie: cookies.steward },
        signal: leaving.signal
      }).catch(() => undefined)
      await answer?.body
        ?.getReader()
        .read()
        .catch(() => undefined)
      leaving.abort()
    }
  }
}
