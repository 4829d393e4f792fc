import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { Effect, Exit, Layer, ManagedRuntime, Scope } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { logMigrations } from "#core/log/migrations.ts"
import { Records } from "#core/records/Records.ts"
import { Role } from "#dashboard/api/Role.ts"
import { dashboardMigrations } from "#dashboard/server/migrations.ts"
import { mintLink } from "#dashboard/server/mintLink.ts"
import { serveDashboard } from "#dashboard/server/serveDashboard.ts"
import { Sessions } from "#dashboard/server/Sessions.ts"
import { wordsFor } from "#dashboard/web/words/wordsFor.ts"
import { buildWeb } from "./buildWeb.ts"
import { focused, tabTo } from "./byKeyboard.ts"
import { memoryViews } from "./memory/memoryViews.ts"
import { products } from "./memory/products.ts"
import { openBrowser } from "./openBrowser.ts"
import { walk } from "./walk.ts"
import type { Links, WalkOptions } from "./walk.ts"

const runtime = ManagedRuntime.make(
  Layer.mergeAll(
    memoryViews,
    Sessions.layer.pipe(Layer.provideMerge(Records.memory([...logMigrations, ...dashboardMigrations])))
  )
)
const scope = Scope.makeUnsafe()
const pictures = mkdtempSync(join(tmpdir(), "assay-pictures-"))
const bugs: Array<string> = []
let web: string
let url: string
let port: number

beforeAll(async () => {
  web = await buildWeb()
  const serving = serveDashboard({
    runtime,
    port: 0,
    web,
    onBug: (route, cause) => bugs.push(`${route} ${String(cause)}`)
  })
  ;({ url, port } = await Effect.runPromise(Effect.provideService(serving, Scope.Scope, scope)))
})
afterAll(async () => {
  await Effect.runPromise(Scope.close(scope, Exit.void))
  await runtime.dispose()
  rmSync(web, { recursive: true, force: true })
  rmSync(pictures, { recursive: true, force: true })
})

async function mintLinks(): Promise<Links> {
  const links = await Promise.all(
    Role.literals.map(async (role) => [role, await runtime.runPromise(mintLink(role, port))])
  )
  return Object.fromEntries(links) as Links
}

describe("in a real browser", () => {
  const walks: ReadonlyArray<WalkOptions> = [
    { language: "zh-CN", theme: "light", width: 1440, pictures },
    { language: "en", theme: "dark", width: 390, pictures }
  ]
  for (const options of walks) {
    it(`everyone finds their way in ${options.language}, ${options.theme}, ${options.width} px wide, from the link to the file`, async () => {
      const trouble = await walk(url, await mintLinks(), options)
      expect(trouble).toEqual({ console: [], policy: [], foreign: [], overflow: [], access: [] })
      expect(bugs).toEqual([])
    })
  }

  it("a page that is not for this role, a used link and a wrong address each say what to do", async () => {
    const links = await mintLinks()
    const browser = await openBrowser()
    try {
      const page = await browser.newPage({ locale: "zh-CN", viewport: { width: 360, height: 740 } })
      await page.goto(links.buyer)
      await page.locator("a.card").first().waitFor()
      await page.goto(`${url}/assets`)
      await page.getByText("当前身份无权查看").waitFor()
      await page.goto(`${url}/products/no_such`)
      await page.getByText("没有这个产品").waitFor()
      await page.goto(`${url}/nowhere/at/all`)
      await page.getByText("这个地址没有页面").waitFor()
      await page.goto("about:blank")
      await page.goto(links.buyer)
      await page.getByText("这个登录链接已被使用").waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    } finally {
      await browser.close()
    }
  })

  it("language and theme follow the browser, change at once, and are remembered", async () => {
    const links = await mintLinks()
    const browser = await openBrowser()
    try {
      const page = await browser.newPage({ locale: "en-GB", colorScheme: "dark" })
      await page.goto(links.buyer)
      await page.getByRole("heading", { level: 1, name: "Data products" }).waitFor()
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      const dark = await ground()
      await page.getByRole("button", { name: "Light colours" }).click()
      expect(await ground()).not.toBe(dark)
      await page.getByRole("button", { name: "中文" }).click()
      await page.getByRole("heading", { level: 1, name: "数据产品" }).waitFor()
      await page.reload()
      await page.getByRole("heading", { level: 1, name: "数据产品" }).waitFor()
      expect(await page.getAttribute("html", "lang")).toBe("zh-CN")
      expect(await ground()).not.toBe(dark)
    } finally {
      await browser.close()
    }
  })

  it("everything can be reached by keyboard, with a name and a visible focus", async () => {
    const links = await mintLinks()
    const browser = await openBrowser()
    try {
      const page = await browser.newPage({ locale: "en" })
      await page.goto(links.buyer)
      await page.locator("a.card").first().waitFor()
      await page.goto(url)
      await page.locator("a.card").first().waitFor()
      const seen: Array<string> = []
      for (let i = 0; i < 12; i++) {
        await page.keyboard.press("Tab")
        const focus = await page.evaluate(() => {
          const element = document.activeElement
          if (element === null || element === document.body) return undefined
          const { outlineStyle, outlineWidth } = getComputedStyle(element)
          const name = element.getAttribute("aria-label") ?? element.textContent ?? ""
          return { name: name.trim().slice(0, 40), outline: `${outlineStyle} ${outlineWidth}` }
        })
        if (focus === undefined) continue
        expect(focus.outline, focus.name).toBe("solid 2px")
        seen.push(focus.name)
      }
      expect(seen).toContain("Skip to the page")
      expect(seen.some((name) => name.includes("My data"))).toBe(true)
      await page.locator("a.card").first().focus()
      await page.keyboard.press("Enter")
      await page.locator("assay-price svg").first().waitFor()
    } finally {
      await browser.close()
    }
  })

  it("a buyer orders and a steward confirms by keyboard alone, from a menu that is folded in", async () => {
    const links = await mintLinks()
    const browser = await openBrowser()
    const words = wordsFor("en")
    try {
      const buyer = await browser.newPage({ locale: "en" })
      await buyer.goto(links.buyer)
      await buyer.locator("a.card").first().waitFor()
      await tabTo(buyer, /./)
      await tabTo(buyer, new RegExp(products[0]!.card.title.en))
      await buyer.keyboard.press("Enter")
      await expect.poll(() => focused(buyer)).toMatchObject({ element: "h1" })
      await tabTo(buyer, words.product.quote)
      await buyer.keyboard.press("Enter")
      await buyer.waitForURL(/quotes/)
      await expect.poll(() => focused(buyer)).toMatchObject({ element: "h1", name: words.quote.title })
      await tabTo(buyer, words.quote.order)
      await buyer.keyboard.press("Enter")
      await buyer.getByText(words.orders.waiting).first().waitFor()

      const steward = await browser.newPage({ locale: "en", viewport: { width: 1024, height: 800 } })
      await steward.goto(links.steward)
      await steward.locator(".bar.tight").waitFor()
      await expect.poll(() => focused(steward)).toMatchObject({ element: "h1" })
      await steward.locator(".brand").focus()
      await tabTo(steward, new RegExp(`^${words.menu}`))
      await steward.keyboard.press("Enter")
      await tabTo(steward, words.nav.runs)
      await steward.keyboard.press("Escape")
      expect((await focused(steward)).name).toMatch(new RegExp(`^${words.menu}`))
      expect(await steward.locator("#menu").isVisible()).toBe(false)
      await steward.keyboard.press("Enter")
      await tabTo(steward, words.nav.payments)
      await steward.keyboard.press("Enter")
      await expect.poll(() => focused(steward)).toMatchObject({ element: "h1", name: words.orders.all })
      expect(await steward.title()).toContain(words.orders.all)
      await tabTo(steward, words.orders.confirm)
      const waiting = await steward.getByText(words.orderState.paid, { exact: true }).count()
      await steward.keyboard.press("Enter")
      await steward.getByRole("button", { name: words.orders.sure("").trim() }).waitFor()
      expect((await focused(steward)).element).toBe("button")
      await steward.locator(`:focus`).press("Enter")
      await expect
        .poll(() => steward.getByText(words.orderState.paid, { exact: true }).count())
        .toBeGreaterThan(waiting)
    } finally {
      await browser.close()
    }
  })

  it("a chart is drawn for paper before it is printed, black on white from a dark screen, and as it was afterwards", async () => {
    const links = await mintLinks()
    const browser = await openBrowser()
    try {
      const page = await browser.newPage({ locale: "en", colorScheme: "dark", viewport: { width: 1440, height: 900 } })
      await page.goto(links.buyer)
      await page.locator("a.card").first().click()
      await page.locator("assay-price svg").first().waitFor()
      const drawnAt = (moment: string) =>
        page.evaluate(async (name) => {
          const chart = document.querySelector("assay-price")! as HTMLElement & { updateComplete: Promise<boolean> }
          if (name !== "") dispatchEvent(new Event(name))
          // The browser prints what stands when the event is over; afterwards there is time.
          if (name === "afterprint") await chart.updateComplete
          const picture = chart.shadowRoot!.querySelector(".picture > svg")!
          return [Number(picture.getAttribute("width")), picture.querySelector("text")!.getAttribute("fill")]
        }, moment)
      const before = await drawnAt("")
      expect(before).toEqual([expect.any(Number), "#e8eaec"])
      expect(await drawnAt("beforeprint")).toEqual([640, "#16191d"])
      expect(await drawnAt("afterprint")).toEqual(before)
    } finally {
      await browser.close()
    }
  })

  it("colours that the reader's machine forces leave every chart and every state to be seen", async () => {
    const links = await mintLinks()
    const browser = await openBrowser()
    try {
      const page = await browser.newPage({ locale: "en", forcedColors: "active", colorScheme: "dark" })
      await page.goto(links.buyer)
      await page.locator("a.card").first().click()
      await page.locator("assay-price svg").first().waitFor()
      const seen = await page.evaluate(() => {
        const picture = document.querySelector("assay-price")!.shadowRoot!.querySelector(".picture")!
        return {
          ground: getComputedStyle(picture).backgroundColor,
          ink: picture.querySelector("text")!.getAttribute("fill"),
          current: getComputedStyle(document.querySelector("[aria-current=page]")!).outlineStyle
        }
      })
      expect(seen).toEqual({ ground: "rgb(21, 25, 28)", ink: "#e8eaec", current: "solid" })
    } finally {
      await browser.close()
    }
  })
})

describe("the built pages", () => {
  it("bring less than 300 kB of JavaScript before the first chart, compressed", () => {
    // What a face loads when it is opened comes later; what the first page needs comes before its chart.
    const needed = new Set<string>()
    const follow = (text: string, form: RegExp): void => {
      for (const [, name] of text.matchAll(form)) {
        if (needed.has(name!)) continue
        needed.add(name!)
        follow(readFileSync(join(web, "static", name!), "utf8"), /(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)
      }
    }
    follow(readFileSync(join(web, "index.html"), "utf8"), /["']\/static\/([\w.-]+\.js)["']/g)
    const bytes = [...needed].reduce((sum, name) => sum + gzipSync(readFileSync(join(web, "static", name))).length, 0)
    console.log(JSON.stringify({ scriptsBeforeFirstChart: needed.size, gzip: bytes }))
    expect(bytes).toBeGreaterThan(10_000)
    expect(bytes).toBeLessThan(300_000)
  })

  it("name every file by a hash of its bytes and hold nothing inline", () => {
    for (const name of readdirSync(join(web, "static"))) expect(name).toMatch(/-[\w-]{8}\.(js|css|svg|woff2)$/)
    const page = readFileSync(join(web, "index.html"), "utf8")
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/)
    expect(page).not.toMatch(/<style|style="|http:|https:/)
  })
})
