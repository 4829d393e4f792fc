import { Effect } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Runs } from "#pipelines/engine/Runs.ts"
import { openHouse } from "./openHouse.ts"

let house: Awaited<ReturnType<typeof openHouse>>
let steward: string
beforeAll(async () => {
  house = await openHouse()
  steward = await house.signIn("steward")
})
afterAll(() => house.close())

interface Heard {
  readonly id: number
  readonly data: { readonly run: string; readonly type: string; readonly asset: string | null }
}

/** Reads a stream until it has told `count` events. */
async function hear(
  count: number,
  headers: Record<string, string> = {},
  query = "",
  opened?: () => unknown
): Promise<ReadonlyArray<Heard>> {
  const leaving = new AbortController()
  const answer = await fetch(`${house.base}/api/events?topic=runs${query}`, {
    headers: { cookie: steward, ...headers },
    signal: leaving.signal
  })
  expect(answer.headers.get("content-type")).toContain("text/event-stream")
  opened?.()
  let text = ""
  const heard: Array<Heard> = []
  const decoder = new TextDecoder()
  for await (const piece of answer.body!) {
    text += decoder.decode(piece, { stream: true })
    const blocks = text.split("\n\n")
    text = blocks.pop()!
    for (const block of blocks) {
      const id = /^id: (\d+)$/m.exec(block)?.[1]
      if (id === undefined) continue
      heard.push({ id: Number(id), data: JSON.parse(/^data: (.*)$/m.exec(block)![1]!) as Heard["data"] })
    }
    if (heard.length >= count) break
  }
  leaving.abort()
  return heard
}

const note = (asset: string) =>
  house.run(
    Effect.gen(function* () {
      const runs = yield* Runs
      const run = yield* runs.begin({ selection: "" }, { type: "planned", assets: [asset] })
      yield* runs.note(
        run,
        { type: "started", asset },
        { type: "failed", asset, code: "x", message: "secret of a row", fix: "" },
        { type: "finished", state: "failed" }
      )
      return run
    })
  )

describe("the stream of events", () => {
  it("tells what runs say, in order, without their messages", async () => {
    const listening = hear(4, {}, "&after=0")
    const run = await note("core.order")
    const heard = await listening
    expect(heard.map(({ data }) => data.type)).toEqual(["planned", "started", "failed", "finished"])
    expect(heard.every(({ data }) => data.run === run)).toBe(true)
    expect(JSON.stringify(heard)).not.toContain("secret")
  })

  it("goes on after the event that the browser names, and misses none", async () => {
    const [first] = await hear(1, {}, "&after=0")
    const again = await hear(3, { "last-event-id": String(first!.id) })
    expect(again[0]!.id).toBe(first!.id + 1)
    expect(again.map(({ data }) => data.type)).toEqual(["started", "failed", "finished"])
  })

  it("begins now for somebody who names nothing", async () => {
    let run: Promise<string> | undefined
    const heard = await hear(1, {}, "", () => (run = note("core.contact")))
    expect(heard[0]!.data.run).toBe(await run)
  })

  it("is for a session to open four times at most, and for signed in stewards and admins alone", async () => {
    const leaving = new AbortController()
    const open = (cookie: string) =>
      fetch(`${house.base}/api/events?topic=runs`, { headers: { cookie }, signal: leaving.signal })
    const other = await house.signIn("steward")
    const answers = await Promise.all([1, 2, 3, 4].map(() => open(other)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect((await open(other)).status).toBe(403)
    expect((await open(await house.signIn("buyer"))).status).toBe(403)
    expect((await open("__Host-assay=nobody")).status).toBe(401)
    leaving.abort()
  })
})
