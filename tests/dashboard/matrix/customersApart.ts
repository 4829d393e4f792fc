import { declared } from "./FullHouse.ts"
import type { FullHouse } from "./FullHouse.ts"
import type { Person } from "./openFullHouse.ts"
import { sampleBodies } from "./sampleBodies.ts"

const forCustomers = declared.filter(([, { path }]) => path.startsWith("/api/customer/"))

/** The log's root, the notice's text, the use of an operation and what proves it are the house's: the same for all whom they are shown to. */
const common: ReadonlySet<string> = new Set(["root", "sha256", "proof", "uses"])

/** Everything that looks like a name, a digest, a salt or a signature. */
function identifiers(texts: ReadonlyArray<string>): ReadonlySet<string> {
  const own = texts.map((text) =>
    JSON.stringify(JSON.parse(text), (key, value: unknown) => (common.has(key) ? undefined : value))
  )
  // The head of a token says who signs, and under which algorithm.
  const text = own.join("\n").replaceAll(/"eyJ[\w-]+\./g, "")
  return new Set(text.match(/[0-9a-f]{32,}|\b[a-z]{3}_[0-9a-z]{26}\b|[\w-]{43,}/g) ?? [])
}

/** All that one customer is told, by every address with every operation and each of their own grants in every form. */
async function toldTo(house: FullHouse, who: Person): Promise<ReadonlyArray<string>> {
  const texts: Array<string> = []
  for (const [, { method, path }] of forCustomers)
    if (method === "GET" && !path.includes(":")) texts.push((await house.send("GET", path, who.cookie)).text)
  for (const { id } of house.things["operation"]!)
    texts.push((await house.send("GET", `/api/customer/uses/${id}`, who.cookie)).text)
  for (const { id, owner } of house.things["grant"]!)
    for (const format of ["odrl", "receipt", "token"])
      if (owner === who.name)
        texts.push((await house.send("GET", `/api/customer/grants/${id}?format=${format}`, who.cookie)).text)
  return texts
}

/** Identifiers that two customers are both told and a third is not. */
async function shared(house: FullHouse): Promise<ReadonlyArray<string>> {
  const [one, other] = house.of("customer")
  const [mine, theirs, anybodys] = [
    identifiers(await toldTo(house, one)),
    identifiers(await toldTo(house, other)),
    identifiers(await toldTo(house, house.bystander))
  ]
  if (mine.size < 5 || theirs.size < 5) return ["they were told nothing"]
  return [...mine].filter((id) => theirs.has(id) && !anybodys.has(id))
}

/** What changes with the moment, and the names of what a request makes. */
const still = (text: string): string =>
  text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "T").replaceAll(/"(at|until|from)":\d+/g, '"$1":0')

/** Names another customer in address, headers and body of every route; each answer is what it is without. */
async function named(house: FullHouse): Promise<ReadonlyArray<string>> {
  const [one, other] = house.of("customer")
  const subject = Number(other.name.slice("customer-".length))
  const names = { subject, subject_id: subject, subj: subject, customer: other.name, name: other.name, as: "zq§c001" }
  const query = new URLSearchParams(Object.entries(names).map(([name, value]) => [name, String(value)])).toString()
  const headers = {
    "x-subject": String(subject),
    "x-assay-subject": String(subject),
    "x-user": other.name,
    "x-forwarded-user": other.name,
    authorization: `Bearer ${other.cookie.slice(other.cookie.indexOf("=") + 1)}`
  }
  const wrong: Array<string> = []
  for (const [name, route] of forCustomers) {
    if (["customerRevoke", "customerErase"].includes(name)) continue
    const path = route.path.replace(":operation", house.things["operation"]![0]!.id).replace(":digest", "0".repeat(64))
    const separator = route.query === undefined ? "?" : "?format=odrl&"
    const own = separator === "?" ? "" : "?format=odrl"
    const ask = async (address: string, body: object | undefined, more: object = {}): Promise<string> => {
      const { status, text } = await house.send(route.method, address, one.cookie, body, more)
      return `${status} ${still(text)}`
    }
    const body = sampleBodies[name]
    const plain = await ask(path + own, body)
    const tries = {
      headers: await ask(path + own, body, headers),
      // Where an address takes fields, one more is refused; elsewhere it is not looked at.
      address: await ask(path + separator + query, body),
      body: body === undefined ? plain : await ask(path + own, { ...body, ...names })
    }
    for (const [where, text] of Object.entries(tries))
      if (text !== plain && !/^400 .*"request\.(body|address)"/.test(text))
        wrong.push(`${name} by ${where}: ${text.slice(0, 200)} / ${plain.slice(0, 200)}`)
  }
  // Two cookies are none.
  const both = await house.send("GET", "/api/customer/licences", `${one.cookie}; ${other.cookie}`)
  if (both.code !== "session.none") wrong.push(`two cookies: ${both.status} ${both.text.slice(0, 100)}`)
  return wrong
}

export const customersApart = { shared, named }
