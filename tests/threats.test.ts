import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))

describe("the table of threats", () => {
  const rows = readFileSync(at("docs/threats.md"), "utf8")
    .split("\n")
    .map((line) => /^\| (.+?) \| `(tests\/[\w/]+\.test\.ts)` \| (.+) \|$/.exec(line))
    .filter((row) => row !== null)

  it("names for each threat a test that exists, by its title", () => {
    assert.isAtLeast(rows.length, 50)
    for (const [, threat, file, title] of rows) {
      assert.isTrue(existsSync(at(file!)), `${threat}: ${file}`)
      assert.include(readFileSync(at(file!), "utf8"), title!, `${threat}: ${file}`)
    }
  })
})
