import { fieldProbes } from "./fieldProbes.ts"
import { admits, declared } from "./FullHouse.ts"
import type { FullHouse } from "./FullHouse.ts"
import { kindsOf } from "./kindOfParameter.ts"

/** The addresses of a route with objects that say much: streams as they were landed, runs with their rules, columns that name people. */
function address(house: FullHouse, path: string): string {
  const kinds = kindsOf(path)
  const telling: Readonly<Record<string, string>> = { asset: "raw.shop__orders", column: "email" }
  let i = 0
  return path.replaceAll(/:\w+/g, () => {
    const kind = kinds[i++]!
    return encodeURIComponent(telling[kind] ?? house.things[kind]?.[0]?.id ?? "no_such")
  })
}

/** Reads whatever can be read as everybody who may, and tells where a hidden field is named; sentinels are looked for wherever something is sent. */
async function everywhere(house: FullHouse): Promise<ReadonlyArray<string>> {
  const wrong: Array<string> = []
  const look = (what: string, text: string): void => {
    const at = text.search(fieldProbes.anyHidden)
    if (at >= 0) wrong.push(`${what}: ${text.slice(Math.max(0, at - 100), at + 60)}`)
  }
  for (const [, route] of declared) {
    if (route.response === "stream" || route.method !== "GET") continue
    for (const { role, cookie } of house.faces) {
      if (!admits(route, role)) continue
      const path = address(house, route.path) + (route.query?.["format"] === undefined ? "" : "?format=csv")
      look(`${path} for a ${role}`, (await house.send("GET", path, cookie)).text)
    }
  }
  const steward = house.of("steward")[0].cookie
  for (const asset of ["raw.shop__orders", "core.shop__orders", "core.appliances__purchases"]) {
    for (const path of [`/api/assets/${asset}`, `/api/assets/${asset}/fields`, `/api/steward/assets/${asset}`])
      look(path, (await house.send("GET", path, steward)).text)
    const handles = await house.send("GET", `/api/steward/assets/${asset}/handles`, steward)
    const [handle] = (JSON.parse(handles.text) as { handles: ReadonlyArray<string> }).handles
    const traced = await house.send("POST", "/api/steward/trace", steward, { asset, handle })
    look(`trace of ${asset}`, handles.text + traced.text)
    if (traced.status !== 200) wrong.push(`trace of ${asset}: ${traced.status} ${traced.text}`)
  }
  for (const path of ["/api/v1/lineage?limit=1000", "/metrics", "/api/openapi.json"]) {
    const { status, text } = await house.send("GET", path, steward)
    if (status !== 200 || text.length < 500) wrong.push(`${path}: ${status} ${text.slice(0, 300)}`)
    look(path, text)
  }
  const steps = {
    inspect: { folder: "shop", file: "orders.csv" },
    sources: { folder: "shop", source: "shop", streams: [{ stream: "orders", path: "orders.csv", key: ["no_such"] }] },
    "subjects/invite": { subject: "zq§a1 who is not there" },
    trace: { asset: "core.shop__orders", where: { order_id: "zq§o1" } }
  }
  for (const [path, body] of Object.entries(steps)) {
    const { status, text } = await house.send("POST", `/api/steward/${path}`, steward, body)
    look(path, text)
    if (status >= 500) wrong.push(`${path}: ${status} ${text}`)
  }
  look("events", await events(house, steward))
  look("lines of the log", JSON.stringify(house.lines))
  return wrong
}

/** What the stream of runs has told since the first of them. */
async function events(house: FullHouse, cookie: string): Promise<string> {
  const stop = new AbortController()
  const answer = await fetch(`${house.base}/api/events?topic=runs&after=0`, {
    headers: { cookie },
    signal: stop.signal
  })
  let text = ""
  for await (const piece of answer.body!) {
    text += Buffer.from(piece).toString()
    if (text.includes('"finished"')) break
  }
  stop.abort()
  return text
}

export const records = { everywhere, events }
