import { Schema } from "effect"
import { Role } from "#dashboard/api/Role.ts"
import { designDraft } from "./designDraft.ts"
import { admits, declared } from "./FullHouse.ts"
import type { FullHouse } from "./FullHouse.ts"
import { leaves } from "./leaves.ts"
import { sampleBodies } from "./sampleBodies.ts"
import { hiddenColumns, neverThere } from "./secretFiles.ts"
import type { Tried } from "./swaps.ts"

const hidden = hiddenColumns[0]
const anyHidden = new RegExp(hiddenColumns.join("|"), "i")

/** An answer without what was asked for and without what tells when. */
const plain = ({ status, text }: { status: number; text: string }): string =>
  `${status} ${[hidden, neverThere].reduce((rest, one) => rest.replaceAll(one, "*"), text)}`
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "T")
    .replaceAll(/\b[a-z]{3}_[0-9a-z]{26}\b/g, "#")

/** Answers that tell of the moment or carry a fresh challenge: without figures and secrets. */
const still = (text: string): string => text.replaceAll(/[0-9a-f]{64}|[\w-]{43}/g, "S").replaceAll(/[\d.e-]+/g, "0")

type Asked = (name: string) => { readonly method: string; readonly path: string; readonly body?: unknown }

/** Sends the same twice, about the hidden field and about one that never was, and tells where the answers differ. */
async function probe(house: FullHouse, what: string, cookie: string, asked: Asked): Promise<ReadonlyArray<string>> {
  const answer = async (name: string): Promise<string> => {
    const { method, path, body } = asked(name)
    const told = await house.send(method, path, cookie, body)
    if (name === neverThere && anyHidden.test(told.text.replaceAll(hidden, ""))) return "names a hidden field"
    return plain(told)
  }
  let [one, other] = ["", ""]
  // What follows the clock or what was measured meanwhile may differ once; a field that leaks differs each time.
  for (let tries = 0; tries < 3; tries++) {
    ;[one, other] = [await answer(hidden), await answer(neverThere)]
    if (one === other) return []
  }
  const from = Math.max(0, [...one].findIndex((letter, i) => other[i] !== letter) - 60)
  return still(one) === still(other)
    ? []
    : [`${what}: ${one.slice(from, from + 300)} / ${other.slice(from, from + 300)}`]
}

/** They can be done once, or keep what is typed, whatever it says. */
const once: ReadonlySet<string> = new Set([
  "signOut",
  "customerErase",
  "customerRevoke",
  "principalPropose",
  "elevationAsk"
])

/** Puts the hidden name into every place of every route that takes a text, as every role that may call it. */
async function everywhere(house: FullHouse): Promise<Tried> {
  const wrong: Array<string> = []
  let tried = 0
  const cookieOf = (role: Role): string => house.of(role)[0].cookie
  for (const [name, route] of declared) {
    const { method, query, body } = route
    if (once.has(name) || (name.startsWith("admin") && method === "POST") || route.response === "stream") continue
    const sample = sampleBodies[name]
    const path = route.path.replaceAll(/:key\b/g, "core.shop__orders").replaceAll(/:\w+/g, "no_such")
    const address = (text: string) => `${path}?${text}`
    const own = Object.keys(query ?? {})
    const unknown = ["filter", "sort", "order", "group", "count", "join", "column", "columns", "q", "where"]
    const asks: Array<Asked> = [
      (field) => ({ method, path: address(unknown.map((one) => `${one}=${field}`).join("&")), body: sample }),
      ...own.map((one) => (field: string) => ({ method, path: address(`${one}=${field}`), body: sample })),
      ...[...route.path.matchAll(/:\w+/g)].map(([parameter]) => (field: string) => ({
        method,
        path: route.path
          .replace(parameter, /key/.test(parameter) ? `core.shop__orders.${field}` : field)
          .replace(":key", "core.shop__orders")
          .replaceAll(/:\w+/g, "no_such"),
        body: sample
      }))
    ]
    if (body !== undefined && sample !== undefined && !["stewardDesign", "stewardSaveDraft"].includes(name)) {
      const fits = Schema.is(body)
      for (const leaf of leaves.of(sample))
        if (fits(leaves.replaced(sample, leaf, hidden)))
          asks.push((field) => ({ method, path, body: leaves.replaced(sample, leaf, field) }))
    }
    const roles = Role.literals.filter((one) => admits(route, one))
    // What everybody may ask has nothing to do with columns: two of them ask.
    for (const role of roles.length > 3 ? roles.slice(0, 2) : roles) {
      for (const [i, asked] of asks.entries()) {
        wrong.push(...(await probe(house, `${name} ${i} as ${role}`, cookieOf(role), asked)))
        tried += 1
      }
    }
  }
  return { wrong, counts: [tried] }
}

/** Uses the hidden column where columns are used: to choose rows of a trace, as key, measure and column of drafts. */
async function asColumns(house: FullHouse): Promise<ReadonlyArray<string>> {
  const steward = house.of("steward")[0].cookie
  const post = (path: string, body: (field: string) => unknown) =>
    probe(house, path, steward, (field) => ({ method: "POST", path: `/api/steward/${path}`, body: body(field) }))
  const consented = (field: string) => ({
    ...designDraft(),
    product: "rows_of_orders",
    release: { kind: "consented", recipient: "party:acme-repair", columns: ["region", field], until: "2029-12-31" }
  })
  return [
    ...(await post("trace", (field) => ({ asset: "core.shop__orders", where: { [field]: "Zqx Boss 1" } }))),
    ...(await post("trace", (field) => ({ asset: "raw.shop__orders", where: { [field]: "" } }))),
    ...(await post("design", (field) => ({ draft: designDraft(field) }))),
    ...(await post("design", (field) => ({ draft: designDraft("region", field) }))),
    ...(await post("drafts", (field) => ({ draft: designDraft(field) }))),
    ...(await post("drafts", (field) => ({ draft: designDraft("region", field) }))),
    ...(await post("drafts", (field) => ({ draft: consented(field) })))
  ]
}

export const fieldProbes = { everywhere, asColumns, anyHidden }
