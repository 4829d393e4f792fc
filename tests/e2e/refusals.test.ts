import { writeFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { assay, assayJson } from "../assay.ts"
import { addOrders, ordersHome, productYaml } from "./ordersHome.ts"

interface Outlook {
  readonly product: string
  readonly field?: string
  readonly state: string
  readonly code?: string
  readonly message?: string
  readonly fix?: string
}
interface Plan {
  readonly releases: ReadonlyArray<Outlook>
}
interface ProductPlan {
  readonly basis: { readonly from: string }
  readonly cells: ReadonlyArray<{ readonly errors: Readonly<Record<string, { readonly relative: number }>> }>
  readonly epsilonNeeded?: number | null
  readonly refused?: { readonly code: string }
}
interface Run {
  readonly failed: ReadonlyArray<{
    readonly asset: string
    readonly code: string
    readonly message: string
    readonly fix: string
  }>
}
interface Budget {
  readonly spent: { readonly rho: number }
  readonly allMonths: { readonly rho: number }
  readonly months: ReadonlyArray<{ readonly month: string }>
  readonly subCaps: ReadonlyArray<{ readonly name: string; readonly left: { readonly rho: number } }>
}

const shop = ordersHome(6_000, 0.5)
const at = ["--home", shop.home]
const day = ["--as-of", "2026-11-15"]
const planned = async (...more: ReadonlyArray<string>) => {
  const { exit, out } = await assay("plan", ...more, ...day, ...at, "--json")
  return { exit, json: JSON.parse(out) as Plan & ProductPlan }
}

describe("a release that a rule refuses", () => {
  it("ends with exit code 3 and names the rule, the field and the way out, before anything is charged", async () => {
    const refused: ReadonlyArray<readonly [string | RegExp, string, string, string, RegExp, RegExp]> = [
      // unbounded contribution
      [
        / {2}bounds: .*\n/,
        "",
        "release.unbounded",
        "release.bounds.groups_per_subject",
        /groups one subject may count/,
        /bounds\.groups_per_subject/
      ],
      [
        "count: subjects",
        "sum: amount_minor, lower: 0",
        "release.unbounded",
        "release.measures.customers",
        /customers has no lower and upper bound/,
        /lower and upper/
      ],
      // an expression that could fail on a row
      [
        "by: [region]",
        'by: [{ region: "1 / strlen(region)" }]',
        "release.expression",
        "release.by.region",
        /key region .* can never fail on a row/,
        /total functions/
      ],
      // keys from private data
      [
        "keys: { region: dp }",
        "keys: { region: public }",
        "release.key_values",
        "release.keys.region",
        /key region .* must not be read from the data/,
        /region: dp/
      ],
      // the unit
      [
        "unit: subject_id",
        "unit: subject_month",
        "release.unit",
        "release.time",
        /could appear in two releases/,
        /time:/
      ]
    ]
    for (const [i, [from, to]] of refused.entries()) {
      const text = productYaml(0.5).replace("product: orders_by_region", `product: refused_${i}`).replace(from, to)
      writeFileSync(shop.product.replace("orders.product", `refused${i}.product`), text)
    }
    await assayJson("source", "add", shop.source, ...at)
    await assayJson("run", "+core.order", ...day, ...at)
    const { exit, json } = await planned()
    assert.strictEqual(exit, 3)
    for (const [i, [, to, code, field, message, fix]] of refused.entries()) {
      const own = json.releases.find(({ product }) => product === `refused_${i}`)!
      assert.deepStrictEqual([own.state, own.code, own.field], ["refused", code, field], to)
      assert.match(own.message!, message)
      assert.match(own.fix!, fix)
    }
    // A run refuses as well.
    const run = await assay("run", "release.refused_0", ...day, ...at, "--json")
    assert.strictEqual(run.exit, 3)
    assert.strictEqual((JSON.parse(run.out) as Run).failed[0]!.code, "release.unbounded")
    assert.strictEqual((await assayJson<Budget>("budget", ...at)).spent.rho, 0)
  }, 180_000)

  it("has no budget: a sub-cap of its product refuses it, and budget shows what is left", async () => {
    await assayJson("admin", "cap", "--product", "orders_by_region", "--rho", "0.0001", ...at)
    const run = await assay("run", "release.orders_by_region", ...day, ...at, "--json")
    const [failed] = (JSON.parse(run.out) as Run).failed
    assert.deepStrictEqual([run.exit, failed!.code], [3, "budget.sub_cap"])
    assert.match(failed!.message, /asks for rho .* left of the sub-cap .* product orders_by_region/)
    assert.match(failed!.fix, /Lower epsilon/)
    const [cap] = (await assayJson<Budget>("budget", ...at)).subCaps
    assert.deepStrictEqual([cap!.name, cap!.left.rho < 0.0001 + 1e-9], ["orders_by_region", true])
    // Raising it takes two people.
    const raise = ["admin", "cap", "--product", "orders_by_region", "--epsilon", "10", ...at]
    assert.strictEqual((await assay(...raise)).exit, 4)
    const asked = await assayJson<{ waits: string }>(...raise, "--by", "anna")
    assert.strictEqual((await assay("budget", "approve", asked.waits, "--by", "anna", ...at)).exit, 3)
    await assayJson("budget", "approve", asked.waits, "--by", "boris", ...at)
    assert.strictEqual((await assay("admin", "cap", "--product", "p", "--buyer", "b", "--rho", "1", ...at)).exit, 4)
  }, 60_000)

  it("stands on a stale snapshot: refused by itself at plan and at run, made by a run of what it reads", async () => {
    addOrders(shop, 6_000, 500)
    await assayJson("run", "raw.shop__orders", ...day, ...at)
    const { exit, json } = await planned("orders_by_region")
    assert.deepStrictEqual([exit, json.refused!.code, json.basis.from], [3, "release.stale", "prior"])
    const run = await assay("run", "release.orders_by_region", ...day, ...at, "--json")
    const [failed] = (JSON.parse(run.out) as Run).failed
    assert.deepStrictEqual([run.exit, failed!.code], [3, "release.stale"])
    assert.match(failed!.message, /from an older version of/)
    assert.match(failed!.fix, /assay run \+release\.orders_by_region/)
    assert.strictEqual((await assayJson<Budget>("budget", ...at)).spent.rho, 0)
    const made = await assayJson<Run>("run", "+release.orders_by_region", ...day, ...at)
    assert.deepStrictEqual(made.failed, [])
  }, 120_000)

  it("was released: the next is planned from its noisy cells, each with its expected error and the epsilon for a wanted one", async () => {
    const next = ["--as-of", "2026-12-15"]
    const plan = await assayJson<ProductPlan>("plan", "orders_by_region", "--error", "5%", ...next, ...at)
    assert.strictEqual(plan.basis.from, "last release")
    assert.strictEqual(plan.cells.length, 7)
    for (const { errors } of plan.cells)
      assert.isTrue(errors["customers"]!.relative > 0 && errors["customers"]!.relative < 0.5)
    assert.isAbove(plan.epsilonNeeded!, 0)
    assert.strictEqual((await assay("plan", "orders_by_region", "--error", "x", ...at)).exit, 4)
    const one = await assayJson<{ spent: { rho: number }; cap: unknown; atMost: boolean }>(
      "budget",
      "--subject",
      "c1",
      ...at
    )
    assert.deepStrictEqual([one.cap, one.atMost], [null, true])
    assert.closeTo(one.spent.rho, (await assayJson<Budget>("budget", ...at)).spent.rho, 1e-9)
  }, 60_000)
})

describe("a release of single months", () => {
  it("reads the month that is over, is charged to it alone, and is refused a second time for that month", async () => {
    const before = (await assayJson<Budget>("budget", ...at)).spent.rho
    writeFileSync(
      shop.product.replace("orders.product", "monthly.product"),
      productYaml(0.5)
        .replace("product: orders_by_region", "product: orders_by_month")
        .replace("unit: subject_id", "unit: subject_month\n  time: ordered_at")
        .replace("subjects: 1500", "subjects: 700")
        .replace("epsilon: 0.5", "epsilon: 1")
    )
    const file = shop.product.replace("orders.product", "monthly.product")
    await assayJson("product", "draft", file, ...at)
    // One subject allows what is asked, another nothing: the first is charged, the second left out, and nobody is told how many.
    await assayJson("admin", "cap", "--subject", "c1", "--epsilon", "10", ...at)
    await assayJson("admin", "cap", "--subject", "c2", "--rho", "0", ...at)
    // The orders lie in January to September of 2026, those of a customer in three of them.
    await assayJson("run", "release.orders_by_month", "--as-of", "2026-09-15", ...at)
    await assayJson("run", "release.orders_by_month", "--as-of", "2026-10-15", ...at)
    const budget = await assayJson<Budget>("budget", ...at)
    assert.deepStrictEqual(
      budget.months.map(({ month }) => month),
      ["2026-08", "2026-09"]
    )
    const each = (budget.allMonths.rho - before) / 2
    assert.closeTo(budget.spent.rho, before + each, 1e-9)
    const shown = await assayJson<{
      period: string
      certificate: { unit: { subject: string; over: ReadonlyArray<{ months: number; rho: number }> } }
    }>("product", "show", "orders_by_month", ...at)
    const { unit } = shown.certificate
    assert.deepStrictEqual([shown.period, unit.subject], ["2026-09", "subject_month"])
    assert.closeTo(unit.over.find(({ months }) => months === 12)!.rho, 12 * each, 1e-9)
    const own = async (subject: string) =>
      (await assayJson<{ spent: { rho: number } }>("budget", "--subject", subject, ...at)).spent.rho
    // It has orders in one of the two months, and is charged for that one.
    assert.closeTo(await own("c1"), before + each, 1e-9)
    assert.closeTo(await own("c2"), before, 1e-9)
    const again = await assayJson<{ made: ReadonlyArray<string> }>(
      "run",
      "release.orders_by_month",
      "--as-of",
      "2026-10-20",
      ...at
    )
    assert.strictEqual((await assayJson<Budget>("budget", ...at)).allMonths.rho, budget.allMonths.rho)
    assert.isArray(again.made)
    writeFileSync(
      file,
      productYaml(0.5)
        .replace("product: orders_by_region", "product: orders_by_month")
        .replace("unit: subject_id", "unit: subject_month\n  time: ordered_at")
        .replace("subjects: 1500", "subjects: 700")
        .replace("epsilon: 0.5", "epsilon: 0.9")
    )
    const second = await assay("run", "release.orders_by_month", "--as-of", "2026-10-20", ...at, "--json")
    const [failed] = (JSON.parse(second.out) as Run).failed
    assert.deepStrictEqual([second.exit, failed!.code], [3, "release.month_released"])
    assert.match(failed!.message, /2026-09 already/)
    assert.match(failed!.fix, /next month/)
  }, 180_000)
})
