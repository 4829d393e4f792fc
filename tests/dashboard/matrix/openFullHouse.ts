import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { emitOpenLineage } from "#pipelines/lineage/emitOpenLineage.ts"
import { Connections } from "#pipelines/sources/Connections.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { Invoices } from "#catalog/invoice/Invoices.ts"
import { tell } from "#catalog/notice/tell.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { ProductFiles } from "#catalog/product/ProductFiles.ts"
import { Trials } from "#catalog/trial/Trials.ts"
import { Webhooks } from "#catalog/webhook/Webhooks.ts"
import { Role } from "#dashboard/api/Role.ts"
import type { RequestLine } from "#dashboard/server/http/RequestLine.ts"
import { listVersion } from "../../catalog/listVersion.ts"
import { sampleVersion } from "../../catalog/sampleVersion.ts"
import { openHouse } from "../openHouse.ts"
import { sampleCertificate } from "../sampleCertificate.ts"
import { softPasskey } from "../softPasskey.ts"
import { designDraft } from "./designDraft.ts"
import { sentinel, writeSecretFiles } from "./secretFiles.ts"

/** Somebody who is signed in. */
export interface Person {
  readonly role: Role
  readonly name: string
  readonly cookie: string
}

/** An object of the house; `owner` where it belongs to one person. */
export interface Thing {
  readonly id: string
  readonly owner?: string
}

export interface Told {
  readonly status: number
  readonly text: string
  readonly code: string | undefined
}

const second = "orders_by_county"
const tariff = { tiers: [{ upTo: null, unit: "0.50 CNY" }] }

/**
 * A house in which everything has happened once: sources with sentinels in them, runs, grants, uses, a draft, versions on sale, and two people
 * of every role, each with objects of their own.
 */
export async function openFullHouse() {
  const folder = mkdtempSync(join(tmpdir(), "assay-full-"))
  const lines: Array<RequestLine> = []
  const bugs: Array<string> = []
  const house = await openHouse(undefined, undefined, {
    onBug: (route, cause) => void bugs.push(`${route}: ${String(cause)}`),
    onRequest: (line) => void lines.push(line)
  })
  const leaks: Array<string> = []

  const fetched = (method: string, path: string, cookie: string, body: unknown, headers: object): Promise<Response> =>
    fetch(`${house.base}${path}`, {
      method,
      headers: {
        cookie,
        origin: house.base,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })

  /** Sends a request and looks for sentinels in all that comes back. */
  async function send(method: string, path: string, cookie = "", body?: unknown, headers: object = {}): Promise<Told> {
    let answer = await fetched(method, path, cookie, body, headers)
    // A machine that is busy with other things turns requests away for a moment, as it should.
    for (let tries = 0; answer.status === 503 && answer.headers.has("retry-after") && tries < 100; tries++) {
      await answer.body?.cancel()
      await new Promise((resolve) => setTimeout(resolve, 50))
      answer = await fetched(method, path, cookie, body, headers)
    }
    if (answer.headers.get("content-type")?.includes("event-stream") === true) {
      await answer.body?.cancel()
      return { status: answer.status, text: "", code: undefined }
    }
    const text = await answer.text()
    // Tokens may carry it in their own letters.
    const inTokens = (text.match(/[\w-]{24,}/g) ?? []).map((one) => Buffer.from(one, "base64url").toString())
    const all = [JSON.stringify([...answer.headers]), text, ...inTokens].join("\n")
    const at = all.search(sentinel)
    if (at >= 0) leaks.push(`${method} ${path}: ${all.slice(Math.max(0, at - 80), at + 40)}`)
    const code = answer.ok ? undefined : (/"code":"([\w.-]+)"/.exec(text)?.[1] ?? "")
    return { status: answer.status, text, code }
  }
  const json = async (method: string, path: string, who: Person, body?: unknown): Promise<never> => {
    const { status, text } = await send(method, path, who.cookie, body)
    if (status !== 200) throw new Error(`${method} ${path} as ${who.name}: ${status} ${text.slice(0, 300)}`)
    return JSON.parse(text) as never
  }

  const { sources, product } = writeSecretFiles(folder)
  const runAll = () =>
    house.run(
      Engine.use((engine) =>
        engine.run({ selection: "", asOf: new Date().toISOString().slice(0, 10), onEvent: () => undefined })
      )
    )
  await house.run(
    Effect.gen(function* () {
      for (const file of sources) yield* (yield* Connections).add(file)
      yield* (yield* ProductFiles).add(product)
      const catalog = yield* Catalog
      yield* (yield* Records).write((db) =>
        listVersion(
          db,
          catalog,
          sampleVersion({ product: second, release: "rel_2", artefact: house.artefact, certificate: sampleCertificate })
        )
      )
    })
  )
  await house.run(Invoices.use((invoices) => invoices.setTariff(second, "lookup", "2026-11-01", tariff)))
  const first = await runAll()
  await house.run(emitOpenLineage(first.run))

  const subjects = await house.run(
    Effect.forEach(["zq§c000", "zq§c001", "zq§c002"], (id) => Consent.use((consent) => consent.subject(id)))
  )
  const people: Array<Person> = []
  for (const role of Role.literals) {
    for (const [i, letter] of ["a", "b"].entries()) {
      const name = role === "customer" ? `customer-${subjects[i]}` : `${role}-${letter}`
      const cookie = await house.signIn(role, name, role === "customer" ? subjects[i] : undefined)
      people.push({ role, name, cookie })
    }
  }
  const of = (role: Role): readonly [Person, Person] =>
    people.filter((one) => one.role === role) as unknown as readonly [Person, Person]
  const bystander: Person = {
    role: "customer",
    name: `customer-${subjects[2]}`,
    cookie: await house.signIn("customer", `customer-${subjects[2]}`, subjects[2])
  }

  const things: Record<string, Array<Thing>> = {}
  const put = (kind: string, id: string, owner?: Person): void => {
    ;(things[kind] ??= []).push(owner === undefined ? { id } : { id, owner: owner.name })
  }

  // Customers: a grant each, so that rows go out and uses name them.
  const change = {
    cells: [{ purpose: "dpv:RepairImpairments", recipient: "party:acme-repair" }],
    categories: ["dpv-pd:Transactional"],
    until: "2030-06-30"
  }
  for (const customer of of("customer")) {
    const { sha256 } = (await json("POST", "/api/customer/licences/draft", customer, change)) as { sha256: string }
    const agreed = { ...change, notice: sha256, language: "en" }
    const { digest } = (await json("POST", "/api/customer/licences", customer, agreed)) as { digest: string }
    put("grant", digest, customer)
  }
  const [steward] = of("steward")
  await json("POST", "/api/steward/drafts", steward, { draft: designDraft() })
  const { run } = await runAll()
  await house.run(emitOpenLineage(run))
  const { releases } = (await json("GET", "/api/customer/uses", of("customer")[0])) as {
    releases: ReadonlyArray<{ operation: string }>
  }
  for (const { operation } of releases.slice(0, 2)) put("operation", operation)

  // The certificate of the first product is a stand-in, which its page cannot show.
  for (const id of [second, "orders_by_region", "repair_history"]) put("product", id)
  for (const id of ["core.shop__orders", "raw.shop__orders", "release.orders_by_region"]) put("asset", id)
  for (const id of ["region", "amount_minor", "chief_approver"]) put("column", id)
  const runs = (await json("GET", "/api/steward/runs", steward)) as ReadonlyArray<Thing & { readonly state: string }>
  // One that failed would be gone on with.
  for (const { id } of runs.filter(({ state }) => state === "done")) put("run", id)
  for (const { id } of (await json("GET", "/api/auditor/releases", of("auditor")[0])) as ReadonlyArray<Thing>)
    put("release", id)
  for (const id of ["0", "3"]) put("entry", id)

  // Buyers: a quote, a paid order that was delivered, a trial, a key, a share and a notice each.
  const secrets: Record<string, { readonly key: string; readonly share: string; readonly product: string }> = {}
  for (const [i, buyer] of of("buyer").entries()) {
    const bought = i === 0 ? "orders_by_state" : second
    const quote = (await json("POST", "/api/quotes", buyer, { product: bought })) as Thing
    const order = (await json("POST", "/api/orders", buyer, { quote: quote.id })) as Thing
    await json("POST", `/api/orders/${order.id}/pay`, steward)
    const delivered = await send("GET", `/api/orders/${order.id}/delivery?format=csv`, buyer.cookie)
    if (delivered.status !== 200) throw new Error(delivered.text)
    const key = (await json("POST", "/api/buyer/keys", buyer, { holder: order.id })) as Thing & { secret: string }
    const share = (await json("POST", "/api/buyer/shares", buyer, { holder: order.id })) as Thing & { secret: string }
    const { trials } = (await json("POST", "/api/buyer/trials", buyer, { product: second })) as { trials: Array<Thing> }
    secrets[buyer.name] = {
      key: key.secret,
      share: (JSON.parse(share.secret) as { bearerToken: string }).bearerToken,
      product: bought
    }
    const at = new Date().toISOString()
    const text = { zh: "新价格", en: "A new price" }
    const recall = `rcl_${String(i).padStart(26, "r")}`
    await house.run(
      Records.use((records) =>
        records.write((db) => {
          tell(db, buyer.name, { kind: "price", product: bought, version: null, at, text, facts: {} })
          // As a version of rows leaves it that was called back.
          db.run(
            `insert into recall_notice (id, order_id, version_id, document, signature, at)
             select $recall, $order, id, $document, '', $at from product_version where product = $bought`,
            { recall, order: order.id, bought, at, document: JSON.stringify({ artefact: house.artefact }) }
          )
        })
      )
    )
    put("recall", recall, buyer)
    const [notice] = (await json("GET", "/api/buyer/inbox", buyer)) as ReadonlyArray<Thing>
    for (const [kind, one] of Object.entries({ quote, order, key, share, trial: trials[0]!, notice: notice! }))
      put(kind, one.id, buyer)
  }

  // Of a third one, for stewards to end.
  const [trial, hook] = await house.run(
    Effect.gen(function* () {
      const [buyer, spend] = ["buyer-c", { minor: 100, currency: "CNY" }]
      return [
        yield* (yield* Trials).open({ product: second, buyer, days: 1, calls: 1, spend, key: "c" }),
        yield* (yield* Webhooks).add({ buyer, url: "http://127.0.0.1:9/", loopback: true })
      ]
    })
  )
  put("another trial", trial!.id)
  put("webhook", hook!.id)

  // Everybody: a passkey and a second session; elevations, accounts and checks of admins.
  for (const person of people) {
    const passkey = softPasskey(house.base)
    const begun = (await json("POST", "/api/passkeys/register/begin", person, {})) as { challenge: string }
    await json("POST", "/api/passkeys/register/finish", person, {
      label: "mine",
      response: passkey.make(begun.challenge)
    })
    put("passkey", passkey.id, person)
    put("digest", passkey.digest, person)
    await house.signIn(person.role, person.name, subjects[of("customer").indexOf(person)])
    const sessions = (await json("GET", "/api/sessions", person)) as ReadonlyArray<Thing & { current: boolean }>
    put("session", sessions.find(({ current }) => !current)!.id, person)
    if (person.role === "buyer" || person.role === "customer") continue
    const wish = { role: "auditor", reason: "to look at the log", hours: 1 }
    put("elevation", ((await json("POST", "/api/elevations", person, wish)) as Thing).id, person)
  }
  const [admin] = of("admin")
  for (const name of ["new-account-1", "new-account-2"]) {
    await json("POST", "/api/principals", admin, { name, roles: ["auditor"] })
    put("account", name)
  }
  await json("POST", "/api/admin/buyers", admin, {
    buyer: "buyer-c",
    legalEntity: "Acme Repair Ltd",
    country: "CN",
    taxId: null,
    evidence: "Extract of the register"
  })
  put("buyer", "buyer-c")
  // A first cap holds at once; a higher one waits for somebody else.
  const cap = (epsilon: string) => json("POST", "/api/admin/caps", admin, { scope: "buyer", name: "buyer-c", epsilon })
  await cap("1")
  const { raises } = (await cap("2")) as { raises: ReadonlyArray<Thing> }
  put("raise", raises[0]!.id)
  for (const { releaseId } of await house.run(Budget.use((budget) => budget.ledger))) put("charge", releaseId)
  put("source", "shop")
  put("stream", "orders")
  const embed = { kind: "product", target: "orders_by_state", origins: ["https://erp.example.com"], days: 7 }
  put("embed", ((await json("POST", "/api/embeds", admin, embed)) as { token: Thing }).token.id)
  const evidence = { item: "disclosure", name: "a.txt", content: "AAAA", value: 1, note: "none", days: 30 }
  const recorded = await send("POST", "/api/steward/review/orders_by_region/evidence", steward.cookie, evidence)
  if (recorded.status === 200) put("evidence", /evd_\w+/.exec(recorded.text)![0])

  return {
    ...house,
    people,
    /** One of each role. */
    faces: people.filter((_, i) => i % 2 === 0),
    bystander,
    of,
    things,
    secrets,
    put,
    send,
    json,
    leaks,
    bugs,
    lines,
    home: await house.run(Home),
    close: async () => {
      await house.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
