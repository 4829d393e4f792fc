import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { NodeServices } from "@effect/platform-node"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import { riskVerb } from "#dashboard/terminal/verbs/riskVerb.ts"
import type { RiskReport } from "#privacy/disclosure/RiskReport.ts"
import { people, writePeople } from "../../privacy/disclosure/population.ts"
import { openBrowser } from "../openBrowser.ts"

const folder = mkdtempSync(join(tmpdir(), "assay-report-"))
afterAll(() => rmSync(folder, { recursive: true }))
const bits = seededBits("page")
for (const name of ["real", "synthetic", "holdout"])
  writePeople(
    join(folder, `${name}.csv`),
    people(500, bits).map((one) => [`<b>区${one[0]}`, ...one.slice(1)])
  )
const io = { out: () => undefined, err: () => undefined, cwd: folder, live: false }
const risk = (flags: Readonly<Record<string, string>>) =>
  riskVerb.run({ words: ["real.csv", "synthetic.csv"], flags, io }).pipe(Effect.provide(NodeServices.layer))

describe("assay risk", () => {
  it.effect("writes one page in both languages that asks nobody for anything and shows no value", () =>
    Effect.gen(function* () {
      const answer = yield* risk({ out: "report.html", holdout: "holdout.csv", lang: "zh" })
      const page = readFileSync(join(folder, "report.html"), "utf8")
      assert.strictEqual(statSync(join(folder, "report.html")).mode & 0o777, 0o600)
      assert.include(page, '<html lang="zh-CN">')
      assert.include(page, '<span lang="en">Attacks</span>')
      assert.include(page, '<span lang="zh">攻击</span>')
      assert.notMatch(page, /<script|<link|<img|url\(|@import/)
      assert.notMatch(page.replaceAll('xmlns="http://www.w3.org/2000/svg"', ""), /https?:/)
      // No region, plan or channel; the columns' names may stand there.
      assert.notMatch(page + JSON.stringify(answer.json), /区r\d|>p[0-3]<|>c[0-4]<|"c[0-4]"|NaN|undefined/)
      assert.match(answer.text, /各项攻击/)
      // As many tables as pictures at least.
      assert.isAtLeast(page.match(/<table>/g)!.length, page.match(/<svg /g)!.length)
    })
  )

  it.effect("counts the rows that break rules declared in a file, on the page and in the answer", () =>
    Effect.gen(function* () {
      writeFileSync(join(folder, "rules.yaml"), "- range: { column: seats, lower: 0 }\n- forbid: { churned: 'yes' }\n")
      const answer = yield* risk({ out: "ruled.html", constraints: "rules.yaml", lang: "zh" })
      const { declared } = answer.json as RiskReport
      assert.deepStrictEqual(
        declared!.rules.map(({ kind, columns }) => [kind, ...columns]),
        [
          ["range", "seats"],
          ["forbid", "churned"]
        ]
      )
      assert.strictEqual(declared!.rules[0]!.broken.synthetic, 0)
      assert.isAbove(declared!.any, 0)
      assert.include(answer.text, "声明的规则")
      const page = readFileSync(join(folder, "ruled.html"), "utf8")
      assert.include(page, '<span lang="en">Declared rules</span>')
      assert.include(page, `${declared!.any} / 500`)
      const error = yield* Effect.flip(risk({ out: "x.html", constraints: "none.yaml" }))
      assert.include((error as { message: string }).message, "none.yaml")
    })
  )

  it.effect("opens in a browser without a request, a script or a page wider than the window, in light and dark", () =>
    Effect.gen(function* () {
      yield* risk({ out: "seen.html" })
      yield* Effect.promise(async () => {
        const browser = await openBrowser()
        try {
          for (const [colorScheme, width] of [
            ["light", 1200],
            ["dark", 390]
          ] as const) {
            const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } })
            const asked: Array<string> = []
            page.on("request", (request) => asked.push(request.url()))
            await page.goto(`file://${join(folder, "seen.html")}`)
            assert.lengthOf(asked, 1)
            assert.strictEqual(await page.evaluate("document.documentElement.scrollWidth"), width)
            await page.click('label[for="zh"]')
            assert.isFalse(await page.locator('h2 [lang="en"]').first().isVisible())
            assert.isTrue(await page.locator('h2 [lang="zh"]').first().isVisible())
            await page.close()
          }
        } finally {
          await browser.close()
        }
      })
    })
  )

  it.effect("says what is missing before it looks at any file", () =>
    Effect.gen(function* () {
      const code = (flags: Readonly<Record<string, string>>) =>
        Effect.map(Effect.flip(risk(flags)), (error) => ("code" in error ? error.code : "bug"))
      assert.strictEqual(yield* code({}), "flag.out")
      assert.strictEqual(yield* code({ out: "x.html", holdout: "nowhere.csv" }), "file.missing")
      assert.strictEqual(yield* code({ out: "x.html", seed: "-1" }), "flag.seed")
      assert.strictEqual(yield* code({ out: "nowhere/x.html" }), "file.write")
    })
  )
})
