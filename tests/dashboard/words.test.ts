import { readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { formatMoney } from "#dashboard/web/format/formatMoney.ts"
import { formatNumber } from "#dashboard/web/format/formatNumber.ts"
import { formatSpan } from "#dashboard/web/format/formatSpan.ts"
import { formatValue } from "#dashboard/web/format/formatValue.ts"
import { matchPath } from "#dashboard/web/shell/matchPath.ts"
import { en } from "#dashboard/web/words/en.ts"
import { zh } from "#dashboard/web/words/zh.ts"

const web = fileURLToPath(new URL("../../dashboard/web", import.meta.url))

/** Every string of a dictionary by its path; functions are called with what stands for their arguments. */
function strings(node: unknown, path = ""): ReadonlyArray<readonly [path: string, text: string]> {
  if (typeof node === "string") return [[path, node]]
  if (typeof node === "function") return [[path, String(node(...Array<number>(node.length).fill(2)))]]
  return Object.entries(node as object).flatMap(([key, value]) => strings(value, path === "" ? key : `${path}.${key}`))
}

function writesNoText(folder: string, file: string): void {
  const code = readFileSync(join(folder, file), "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")
  expect(code, file).not.toMatch(/\p{Script=Han}/u)
  const literal = [...code.matchAll(/(?<!=)>\s*([A-Za-z][A-Za-z ,.']{2,})\s*</g)].map((match) => match[1]!.trim())
  expect(
    literal.filter((text) => !/^(SVG|PNG|CSV|JSON|Parquet)$|^export function /.test(text)),
    file
  ).toEqual([])
}

/** Names, units and signs that are the same in both languages. */
const same = /^(otherName|toggleLanguage|unit|chart\.pairs)$/

describe("the dictionaries", () => {
  it("hold the same strings, none empty", () => {
    const paths = (words: unknown) =>
      strings(words)
        .map(([path]) => path)
        .filter((path) => !path.startsWith("problems."))
    expect(paths(zh)).toEqual(paths(en))
    for (const [path, text] of [...strings(zh), ...strings(en)]) expect(text, path).not.toBe("")
  })

  it("are Chinese in Chinese and have no Chinese in English", () => {
    for (const [path, text] of strings(zh)) if (!same.test(path)) expect(text, path).toMatch(/\p{Script=Han}/u)
    for (const [path, text] of strings(en))
      if (!/^(brand|otherName|toggleLanguage)$/.test(path)) expect(text, path).not.toMatch(/\p{Script=Han}/u)
  })

  it("are the only place of text: pages and charts write none themselves", () => {
    for (const folder of ["page", "element", "chart"]) {
      for (const file of readdirSync(join(web, folder))) writesNoText(join(web, folder), file)
    }
  })
})

describe("the dictionaries of the faces", () => {
  for (const face of readdirSync(join(web, "face"))) {
    const folder = join(web, "face", face)
    it(`${face}: hold the same strings in both languages, and the pages write none themselves`, async () => {
      const files = readdirSync(folder)
      const dictionaries = files.filter((name) => name.startsWith(face) && name.endsWith("Words.ts"))
      expect(dictionaries).toContain(`${face}Words.ts`)
      for (const name of dictionaries) {
        const dictionary = (await import(join(folder, name)))[name.slice(0, -".ts".length)]
        const [en, zh] = [strings(dictionary("en")), strings(dictionary("zh-CN"))]
        expect(zh.map(([path]) => path)).toEqual(en.map(([path]) => path))
        // Signs and units that are no words may be the same in both.
        for (const [path, text] of zh) expect(text, path).toMatch(/\p{Script=Han}|^[^\p{L}]+$|^[A-Z0-9ε-ω ]{1,8}$/u)
        for (const [path, text] of en) expect(text, path).toMatch(/^[^\p{Script=Han}]+$/u)
      }
      for (const name of files.filter((one) => !dictionaries.includes(one))) writesNoText(folder, name)
    })
  }
})

describe("formats", () => {
  it("write money to the fen, and in 万 and 亿 where it is short", () => {
    const price = { minor: 1_234_567_890, currency: "CNY" }
    expect(formatMoney(price, "zh-CN")).toBe("¥12,345,678.90")
    expect(formatMoney(price, "zh-CN", "short")).toBe("¥1235万")
    expect(formatMoney({ minor: 31_234_567_890, currency: "CNY" }, "zh-CN", "short")).toBe("¥3.123亿")
    expect(formatMoney(price, "en", "short")).toBe("¥12.35M")
    expect(formatMoney({ minor: -5, currency: "USD" }, "en")).toBe("-$0.05")
    expect(formatValue(1250, "CNY", "zh-CN")).toBe("¥12.50")
  })

  it("write counts in full below ten thousand", () => {
    expect(formatNumber(4471.2, "zh-CN", 3, "short")).toBe("4,471")
    expect(formatNumber(44_712, "zh-CN", 3, "short")).toBe("4.47万")
    expect(formatNumber(0, "en", 3)).toBe("0")
  })

  it("write lengths of time in the reader's language and leave others alone", () => {
    expect(formatSpan("24 months", "zh-CN")).toBe("24个月")
    expect(formatSpan("1 day", "en")).toBe("1 day")
    expect(formatSpan("soon", "zh-CN")).toBe("soon")
  })
})

describe("matchPath", () => {
  it("finds parameters, decodes them once and ends nowhere on a broken address", () => {
    expect(matchPath("/products/:id", "/products/a%2Fb")).toEqual({ id: "a/b" })
    expect(matchPath("/assets/:key", "/assets/core.order/")).toEqual({ key: "core.order" })
    expect(matchPath("/products/:id", "/products")).toBeUndefined()
    expect(matchPath("/products/:id", "/products/%E0%A4%A")).toBeUndefined()
    expect(matchPath("/", "/")).toEqual({})
  })
})
