import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { assay, assayJson } from "../assay.ts"
import type { Spoken } from "../assay.ts"
import { listProduct } from "./listing.ts"
import { ordersHome } from "./ordersHome.ts"

const product = "orders_by_region"

/** A shop with one product that is a draft, and a way to put a document beside it. */
async function drafted(): Promise<{ at: ReadonlyArray<string>; put: (name: string, document: unknown) => string }> {
  const shop = ordersHome(3000)
  const at = ["--home", shop.home]
  await assayJson("source", "add", shop.source, ...at)
  await assayJson("run", ...at)
  const put = (name: string, document: unknown): string => {
    const file = join(shop.folder, name)
    writeFileSync(file, typeof document === "string" ? document : JSON.stringify(document))
    return file
  }
  return { at, put }
}

/** The same with the product on sale. */
async function listed(): ReturnType<typeof drafted> {
  const shop = await drafted()
  await listProduct(shop.at, product)
  return shop
}

function says(said: Spoken, exit: number, ...words: ReadonlyArray<string>): void {
  assert.strictEqual(said.exit, exit, said.err)
  for (const word of words) assert.include(said.err, word)
}

describe("pricing at the terminal", () => {
  it("follows every number of a price to its evidence, and released ones on to the raw events", async () => {
    const { at } = await drafted()
    const told = await assayJson<{
      evidence: ReadonlyArray<{ path: string; kind: string; where: string }>
      release: { id: string; certificate: { release: string; hash: string } }
      assets: ReadonlyArray<{ key: string; version: string }>
      raw: ReadonlyArray<{ asset: string; events: number; files: ReadonlyArray<{ sha256: string; rows: number }> }>
    }>("explain", product, ...at)
    assert.isAbove(told.evidence.length, 8)
    for (const { kind, where } of told.evidence) {
      assert.include(["public", "released", "paid"], kind)
      assert.isAbove(where.length, 0)
    }
    const released = told.evidence.filter(({ kind }) => kind === "released")
    assert.isTrue(released.some(({ where }) => where.includes(told.release.id)))
    assert.strictEqual(told.release.certificate.release, told.release.id)
    assert.deepStrictEqual(
      told.assets.map(({ key }) => key),
      ["raw.shop__orders", "conform.order", "core.order", `release.${product}`]
    )
    assert.deepStrictEqual(
      told.raw.map(({ asset, events, files }) => [asset, events, files.map(({ rows }) => rows)]),
      [["raw.shop__orders", 3000, [3000]]]
    )
    const traced = await assayJson<{ rows: number; events: ReadonlyArray<string> }>(
      "trace",
      "core.order",
      "order_id=o5",
      ...at
    )
    assert.deepStrictEqual([traced.rows, traced.events.length], [1, 1])
  }, 120_000)

  it("quotes a part of a version, proves that nothing is cheaper, and names a changed digit", async () => {
    const { at, put } = await listed()
    const whole = await assayJson<{ price: { minor: number } }>("quote", product, ...at)
    const part = await assayJson<{ price: { minor: number }; offer: string }>(
      "quote",
      product,
      "--offer",
      "all/all/0.5",
      ...at
    )
    assert.isBelow(part.price.minor, whole.price.minor)
    assert.strictEqual(part.offer, "all/all/0.5")

    const file = put("quote.json", whole)
    assert.strictEqual((await assayJson<{ sound: boolean }>("quote", "verify", file, ...at)).sound, true)
    const { reports } = await assayJson<{ reports: ReadonlyArray<{ verdict: string; margin: number }> }>(
      "attack",
      file,
      ...at
    )
    assert.deepStrictEqual(
      reports.map(({ verdict }) => verdict),
      ["safe"]
    )
    assert.isAtLeast(reports[0]!.margin, 0)

    const digit = JSON.stringify(whole).replace('"value":100000,', '"value":100001,')
    says(await assay("quote", "verify", put("changed.json", digit), ...at), 3, "inputs.policy.base.value")
  })

  it("scores a scenario, shows what each column group adds, and quotes its smallest dataset", async () => {
    const { at, put } = await listed()
    const scenario = {
      scenario: "where",
      buyer: "acme",
      purpose: "dpv:MarketResearch",
      required: ["region", "customers"]
    }
    const file = put("scenario.json", scenario)
    const answer = await assayJson<{
      ranking: ReadonlyArray<{
        product: string
        score: { fit: { value: number } }
        mvds: { reached: boolean; steps: ReadonlyArray<{ group: string; addsBits: number; rho: number }> }
      }>
      quote: { price: { minor: number } }
    }>("quote", product, "--scenario", file, ...at)
    assert.deepStrictEqual(
      answer.ranking.map((one) => [one.product, one.score.fit.value, one.mvds.reached]),
      [[product, 100, true]]
    )
    assert.sameMembers(
      answer.ranking[0]!.mvds.steps.map(({ group }) => group),
      ["keys", "customers"]
    )
    // Seven regions of about the same size: the keys tell them apart, the counts may tell nothing above their noise.
    const steps = answer.ranking[0]!.mvds.steps
    assert.isAbove(Math.max(...steps.map(({ addsBits }) => addsBits)), 1)
    for (const { addsBits, rho } of steps) {
      assert.isAtLeast(addsBits, 0)
      assert.isAbove(rho, 0)
    }
    assert.isAbove(answer.quote.price.minor, 0)
  })

  it("indexes a product honestly: blocked until somebody vouches for what cannot be measured", async () => {
    const { at } = await drafted()
    type Index = {
      index: number
      ungated: number
      profile: string
      gates: ReadonlyArray<{ id: string; passed: boolean }>
    }
    const before = await assayJson<Index>("index", product, ...at)
    assert.strictEqual(before.index, 0)
    assert.strictEqual(before.profile, "dcmm-8/before-day-90")
    const failed = before.gates.flatMap(({ id, passed }) => (passed ? [] : [id]))
    assert.deepStrictEqual(failed, ["G5", "G7"])
    says(await assay("quote", product, ...at), 3, "draft", "assay product submit")
    says(await assay("product", "approve", product, "--by", "boris", ...at), 3, "draft")
    const note = ["--by", "demo-steward-1", "--note", "Seen in a test.", "--demo"]
    await assayJson("evidence", product, "--item", "exports", "--value", "1", ...note, ...at)
    assert.isAbove((await assayJson<Index>("index", product, ...at)).ungated, before.ungated)
    says(
      await assay("evidence", product, "--item", "accuracy", "--value", "1", ...note, ...at),
      4,
      "the house measures it"
    )
  })

  it("ends with exit code 3 for a menu that can be beaten and 4 for bad input, and says what to do", async () => {
    const { at, put } = await drafted()
    const offer = { id: "whole", columns: ["a"], rho: 1, price: "100.00 CNY" }
    const beaten = await assay(
      "attack",
      put("menu.json", { offers: [offer, { ...offer, id: "half", rho: 0.5, price: "40.00 CNY" }] }),
      ...at
    )
    assert.strictEqual(beaten.exit, 3)
    assert.include(beaten.out, "2 x half give the same for 80.00 CNY")
    says(
      await assay("attack", put("bad.json", { offers: [{ ...offer, rows: ["east"] }] }), ...at),
      4,
      "stratum east",
      "all"
    )
    says(await assay("quote", product, "--offer", "nothing", ...at), 4, "nothing", "full")
    says(await assay("quote", ...at), 4, "--scenario FILE")
    says(await assay("quote", "--scenario", put("s.yaml", "scenario: s\nrequired: [region]\n"), ...at), 4, "purpose")
    const tiers = [{ upTo: null, unit: "0.20 CNY" }]
    says(await assay("tariff", put("tariff.json", { tiers, quantity: -1 }), ...at), 4, "quantity")
    says(await assay("forecast", product, "--base", "10.00 USD", ...at), 4, "CNY")
  })
})
