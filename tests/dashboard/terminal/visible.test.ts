import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { visible, visibleLine } from "#dashboard/terminal/visible.ts"
import { assay, freshHome } from "../../assay.ts"

const hostile = [
  "\u001b[2J\u001b[H",
  "\u001b]0;title\u0007",
  "\u009b31m",
  "\rAll is well",
  "\u0008\u0008\u0008",
  "\u0000",
  "\u202egnp.exe",
  "\u2066hidden\u2069",
  "\u2028next line",
  "\ufeff",
  "\u007f"
]
/** Whatever a terminal obeys, but for new lines and tabs. */
const obeyed = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u

describe("what goes to a terminal or into a log", () => {
  it("has nothing in it that a terminal obeys, in any place of a text, and JSON stays the same JSON", () => {
    for (const words of hostile) {
      for (const text of [words, `a${words}`, `${words}b`, `a\n${words}\tb`, `\r${words}`]) {
        assert.notMatch(visible(text), obeyed, JSON.stringify(text))
        assert.notMatch(visibleLine(text), /[\n\t]/)
        const json = JSON.stringify({ [text]: text })
        assert.deepStrictEqual(JSON.parse(visible(json)), { [text]: text })
      }
    }
    assert.strictEqual(visible("两行\n\t“ok” — é\n"), "两行\n\t“ok” — é\n")
    assert.strictEqual(visible("\r\u001b[2Kdone\r\u001b[2K"), "\r\u001b[2Kdone\\u000d\\u001b[2K")
    assert.strictEqual(visibleLine("one\nError: forged"), "one\\u000aError: forged")
  })

  it("does not repeat the controls in names of files, verbs and products", async () => {
    const folder = mkdtempSync(join(tmpdir(), "assay-visible-"))
    const name = "a\u001b[2J\rb\nforged line\u202e.csv"
    mkdirSync(join(folder, "in"))
    writeFileSync(join(folder, "in", name), "id,t\n1,x\n")
    const home = ["--home", freshHome()]
    const said = await Promise.all([
      assay("source", "inspect", join(folder, "in")),
      assay("source", "inspect", join(folder, "in", `${name}.none`), "--json"),
      assay("evil\u001b[2J\nforged line"),
      assay("quote", "p\u001b[2J\rforged\nline", ...home)
    ])
    for (const { out, err } of said) {
      assert.notMatch(out + err, obeyed)
      assert.notMatch(out + err, /^(?:forged|line)/m)
    }
  }, 60_000)
})
