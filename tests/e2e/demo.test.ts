import { createHash } from "node:crypto"
import { globSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, beforeAll, describe, it } from "@effect/vitest"
import { assay, assayJson, freshHome } from "../assay.ts"

interface Demo {
  readonly products: ReadonlyArray<{
    readonly id: string
    readonly version: string
    readonly rows: number
    readonly price: { readonly minor: number; readonly currency: string }
    readonly epsilon: number
    readonly delta: number
  }>
  readonly events: number
  readonly asOf: string
  readonly seconds: number
}
interface BudgetState {
  readonly spent: { readonly rho: number; readonly epsilon: number; readonly delta: number }
  readonly left: { readonly rho: number; readonly epsilon: number; readonly delta: number }
}

const hashOf = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex")

describe("the demo at its default size", () => {
  const home = freshHome()
  const at = ["--home", home]
  let demo: Demo
  beforeAll(async () => {
    demo = await assayJson<Demo>("demo", "--subjects", "20000", "--seed", "7", ...at)
  }, 180_000)

  it("lists at least two priced products in which at least 100 cells survive", () => {
    assert.isAtLeast(demo.products.length, 2)
    assert.isAtLeast(
      demo.products.reduce((sum, product) => sum + product.rows, 0),
      100
    )
    for (const { price, epsilon, delta, version } of demo.products) {
      assert.isAbove(price.minor, 0)
      assert.strictEqual(price.currency, "CNY")
      assert.isAbove(epsilon, 0)
      assert.isBelow(delta, 1e-5)
      assert.match(version, /^\d{4}-(\d{2}|Q[1-4])\.1$/)
    }
    assert.isAbove(demo.events, 300_000)
    assert.match(demo.asOf, /^\d{4}-\d{2}-\d{2}$/)
  })

  it("lists each of them by two stewards at the bar of the index, on evidence that says that it is a sample", async () => {
    for (const { id } of demo.products) {
      const index = await assayJson<{
        index: number
        isTradable: boolean
        gates: ReadonlyArray<{ id: string; passed: boolean; evidence: ReadonlyArray<{ isDemo?: boolean }> }>
      }>("index", id, ...at)
      assert.isAtLeast(index.index, 85, id)
      assert.isTrue(index.isTradable && index.gates.every(({ passed }) => passed), id)
      for (const gate of ["G5", "G7"])
        assert.isTrue(index.gates.find((one) => one.id === gate)!.evidence.every(({ isDemo }) => isDemo === true))
    }
    const { life } = await assayJson<{
      life: { state: string; contract: string; transitions: ReadonlyArray<{ by: string; evidence: string }> }
    }>("product", "show", "decision_chain", ...at)
    assert.deepStrictEqual([life.state, life.contract], ["listed", "1.0.0"])
    assert.deepStrictEqual(
      life.transitions.map(({ by }) => by),
      ["demo-steward-1", "demo-steward-2", "demo-steward-2"]
    )
    assert.deepStrictEqual((await assayJson<{ waiting: unknown }>("product", "review", ...at)).waiting, [])
    assert.strictEqual((await assay("product", "approve", "decision_chain", "--by", "demo-steward-2", ...at)).exit, 4)
  }, 60_000)

  it("draws nothing, charges nothing and delivers the same bytes when it is run again in the period", async () => {
    const before = await assayJson<BudgetState>("budget", ...at)
    assert.isAbove(before.spent.rho, 0)
    const deliver = async (out: string): Promise<string> => {
      const { id } = await assayJson<{ id: string }>("quote", "decision_chain", ...at)
      const order = await assayJson<{ id: string }>("order", id, "--buyer", "acme", ...at)
      await assayJson("pay", order.id, ...at)
      const { file, sha256 } = await assayJson<{ file: string; sha256: string }>(
        "deliver",
        order.id,
        "--out",
        join(home, out),
        ...at
      )
      assert.strictEqual(hashOf(file), sha256)
      return sha256
    }
    const first = await deliver("out-1")
    const again = await assayJson<{ made: ReadonlyArray<string>; failed: ReadonlyArray<unknown> }>(
      "run",
      "--as-of",
      demo.asOf,
      ...at
    )
    assert.deepStrictEqual([again.made, again.failed], [[], []])
    assert.deepStrictEqual(await assayJson<BudgetState>("budget", ...at), before)
    assert.strictEqual(await deliver("out-2"), first)
  })

  it("sells made-up firms that break no rule, and makes them again from the noisy marginals on the shelf", async () => {
    const { id } = await assayJson<{ id: string }>("quote", "sme_digital_maturity", ...at)
    const order = await assayJson<{ id: string }>("order", id, "--buyer", "acme", ...at)
    await assayJson("pay", order.id, ...at)
    const out = ["--out", join(home, "firms"), "--format", "csv"]
    const { file } = await assayJson<{ file: string }>("deliver", order.id, ...out, ...at)
    const [header, ...lines] = readFileSync(file, "utf8").trimEnd().split(/\r?\n/)
    assert.strictEqual(lines.length, 5000)
    const column = (name: string): ReadonlyArray<string> => {
      const place = header!.split(",").indexOf(name)
      return lines.map((line) => line.split(",")[place]!)
    }
    const [status, seats, active] = [column("status"), column("seats"), column("active_users")]
    const over = status.filter((own, i) => ["已到期", "已退订"].includes(own) && !["", "0"].includes(active[i]!))
    assert.deepStrictEqual(over, [])
    assert(seats.every((own, i) => own === "" || active[i] === "" || Number(active[i]) <= Number(own)))

    const marginals = globSync(join(home, "shelf", "*.marginals.json"))
    assert.strictEqual(marginals.length, 1)
    const again = join(home, "again.csv")
    const made = await assayJson<{ rows: number; rho: number }>(
      "synth",
      "again",
      marginals[0]!,
      "--rows",
      "5000",
      "--out",
      again
    )
    assert.deepStrictEqual([made.rows, made.rho], [5000, 0])
  })

  it("shows an asset with its rows, columns, version, checks and neighbours", async () => {
    const shown = await assayJson<Record<string, unknown>>("show", "core.order", ...at)
    assert.strictEqual(shown["key"], "core.order")
    assert.isAbove(Number(shown["rows"]), 10_000)
    assert.deepInclude(shown["columns"], { name: "amount_minor", type: "BIGINT" })
    assert.match(String(shown["version"]), /^[0-9a-f]{32}$/)
    assert.deepStrictEqual(shown["upstream"], ["conform.order"])
    assert.deepStrictEqual(shown["downstream"], ["feature.buyer_preference"])
    const names = (shown["checks"] as ReadonlyArray<{ name: string }>).map(({ name }) => name)
    assert.includeMembers(names, ["unique_key", "present_order_id", "present_subject_id"])
  })

  it("follows an asset from raw to release", async () => {
    const { nodes } = await assayJson<{ nodes: ReadonlyArray<string> }>("lineage", "feature.decision_edge", ...at)
    assert.includeMembers([...nodes], ["raw.sample__interactions", "conform.interaction", "release.decision_chain"])
  })

  it("verifies every quote to the fen and names a digit that was changed", async () => {
    const file = join(home, "quote.json")
    for (const { id } of demo.products) {
      const { out } = await assay("quote", id, "--json", ...at)
      writeFileSync(file, out)
      assert.strictEqual((await assay("quote", "verify", file, ...at)).exit, 0)
      writeFileSync(
        file,
        out.replace(/"minor":(\d)/, (_, digit: string) => `"minor":${digit === "9" ? 8 : Number(digit) + 1}`)
      )
      const refused = await assay("quote", "verify", file, ...at)
      assert.strictEqual(refused.exit, 3)
      assert.include(refused.err, "price")
    }
  })

  it("keeps one sound log over all of it", async () => {
    const verdict = await assayJson<{ size: number; sound: boolean }>("log", "verify", ...at)
    assert.isTrue(verdict.sound)
    assert.isAtLeast(verdict.size, demo.products.length)
  })

  it("refuses a sample with other settings in the same home, and loses nothing by it", async () => {
    const other = await assay("demo", "--seed", "8", ...at)
    assert.strictEqual(other.exit, 4)
    assert.include(other.err, "--home")
    const { products } = await assayJson<{ products: ReadonlyArray<unknown> }>("product", "list", ...at)
    assert.strictEqual(products.length, demo.products.length)
  })

  it("says what to do for a verb, flag, product or asset that is not there", async () => {
    for (const [args, exit] of [
      [["fly"], 2],
      [["run", "--fast"], 2],
      [["quote", "nothing"], 4],
      [["show", "core.nothing"], 4],
      [["order", "quo_nothing", "--buyer", "acme"], 4],
      [["deliver", "ord_nothing"], 4]
    ] as const) {
      const said = await assay(...args, ...at)
      assert.strictEqual(said.exit, exit, args.join(" "))
      assert.isAbove(said.err.trim().length, 20)
    }
  })
})
