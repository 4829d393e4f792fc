import { readFileSync } from "node:fs"
import { globSync } from "node:fs"
import { stripTypeScriptTypes } from "node:module"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { parseAst } from "vite"

const root = fileURLToPath(new URL("..", import.meta.url))
const folders = ["core", "privacy", "pipelines", "pricing", "catalog", "dashboard"]

interface Found {
  readonly file: string
  readonly pattern: string
  readonly flags: string
}

/** Every regular expression that is written in the product's source. */
function expressions(): ReadonlyArray<Found> {
  const found: Array<Found> = []
  for (const name of globSync([...folders.map((folder) => `${folder}/**/*.{ts,mjs}`), "*.ts"], { cwd: root })) {
    if (name.includes("dist/") || name.endsWith(".d.mts")) continue
    const text = readFileSync(new URL(name, `file://${root}`), "utf8")
    if (!text.includes("/")) continue
    const visit = (node: unknown): void => {
      if (Array.isArray(node)) return node.forEach(visit)
      if (typeof node !== "object" || node === null) return
      const { regex } = node as { regex?: { pattern: string; flags: string } | null }
      if (typeof regex?.pattern === "string") found.push({ file: name, ...regex })
      Object.values(node).forEach(visit)
    }
    visit(parseAst(name.endsWith(".ts") ? stripTypeScriptTypes(text) : text))
  }
  return found
}

const letters = [
  "a",
  "0",
  " ",
  "-",
  ".",
  "/",
  "\\",
  "_",
  '"',
  "'",
  ",",
  "=",
  "+",
  "\n",
  "\t",
  "@",
  ":",
  "(",
  "é",
  "中",
  "\u0000"
]
const length = 2000

/** Texts on which an expression that tries again from every place takes long: one thing many times, then what does not fit. */
function attacks(pattern: string): ReadonlyArray<string> {
  // What it wants to see first, as far as that is written plainly.
  const [start] = /^\^?([\w ":=,/-]*)/.exec(pattern)?.slice(1) ?? [""]
  const own = [...new Set(pattern.replaceAll(/\\[a-z]/gi, "").match(/[^\\^$.|?*+()[\]{}]/gu) ?? [])].slice(0, 6)
  const units = [
    ...letters,
    ...own,
    ...own.map((one, i) => one + (own[i + 1] ?? "a")),
    "ab",
    "a ",
    "0.",
    "0,",
    "a-",
    '""',
    "a.b"
  ]
  return units.flatMap((unit) => {
    const run = unit.repeat(Math.ceil(length / unit.length))
    return [`${start}${run}\u0001!`, `${run}\u0001!`]
  })
}

/** Few letters of each kind, and those that it asks for. */
const unitsOf = (pattern: string): ReadonlyArray<string> => [
  ...new Set(["a", "0", " ", ".", "-", "\n", ...(pattern.match(/[^\\^$.|?*+()[\]{}\w]/gu) ?? []).slice(0, 3)])
]

describe("the regular expressions of the product", () => {
  const all = expressions()

  it("take no more than a moment on long texts that nearly fit (a search for trouble, not a proof of its absence)", () => {
    assert.isAbove(all.length, 150)
    for (const { file, pattern, flags } of all) {
      for (const text of attacks(pattern)) {
        const expression = new RegExp(pattern, flags)
        const begun = performance.now()
        expression.exec(text)
        const took = performance.now() - begun
        // A second try: the machine may have been busy with something else.
        if (took < 100) continue
        const again = performance.now()
        new RegExp(pattern, flags).exec(text)
        assert.isBelow(
          performance.now() - again,
          100,
          `${file}: /${pattern}/${flags} on ${JSON.stringify(text.slice(0, 20))}`
        )
      }
    }
  }, 120_000)

  it("grow with a text of twenty thousand letters and not with its square", () => {
    for (const { file, pattern, flags } of all) {
      if (!/[+*}]/.test(pattern)) continue
      for (const unit of unitsOf(pattern)) {
        const text = `${unit.repeat(20_000 / unit.length)}\u0001!`
        const took = (): number => {
          const begun = performance.now()
          new RegExp(pattern, flags).exec(text)
          return performance.now() - begun
        }
        // What grows with the square takes half a second and more, anything else a millisecond; the third try is for a busy machine.
        if (took() < 100 || took() < 100) continue
        assert.isBelow(took(), 100, `${file}: /${pattern}/${flags} on ${JSON.stringify(unit)}`)
      }
    }
  }, 120_000)

  it("are held to a measure that a known bad one fails", () => {
    const bad = "^(?:a+)+$"
    const slow = attacks(bad).some((text) => {
      const begun = performance.now()
      new RegExp(bad).exec(text.slice(0, 24).replace(/.$/, "!"))
      return performance.now() - begun > 10
    })
    assert.isTrue(slow)
  })
})
