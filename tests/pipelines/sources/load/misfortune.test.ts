import { spawn, spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { seededBits } from "#core/random/BitSource.ts"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { write } from "../loading.ts"

const program = fileURLToPath(new URL("./loadOnce.ts", import.meta.url))
const rows = 60_000
const root = mkdtempSync(join(tmpdir(), "assay-misfortune-"))
const sourceFile = join(root, "source.yaml")
const bits = seededBits("misfortune")
const word = (): string => bits.u32().toString(36) + bits.u32().toString(36)
write(root, {
  "source.yaml": "source: shop\nkind: files\nroot: ./data\nstreams: [{ stream: rows, path: rows.csv }]\n",
  "data/rows.csv": `a,b,c\n${Array.from({ length: rows }, () => `${word()},${word()},${word()}`).join("\n")}\n`
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const lastLine = (output: string): unknown => JSON.parse(output.trim().split("\n").at(-1)!)
const whole = { n: rows, ids: rows, recorded: rows }

describe("a load that meets misfortune", () => {
  it("reports a full disk as unavailable, lands nothing, and lands all of it later", { timeout: 60_000 }, () => {
    const home = join(root, "full")
    // No file of this process may grow beyond 1.5 MB: the hand-over does not fit.
    const limited = spawnSync(
      "bash",
      ["-c", 'ulimit -f 1500; exec "$0" "$@"', process.execPath, program, home, sourceFile],
      {
        encoding: "utf8"
      }
    )
    assert.deepStrictEqual(lastLine(limited.stdout), { error: "Unavailable", code: "disk.full" })
    assert.deepStrictEqual(readdirSync(join(home, "tmp")), [])
    const later = spawnSync(process.execPath, [program, home, sourceFile], { encoding: "utf8" })
    assert.deepStrictEqual(lastLine(later.stdout), { ...whole, rowsNew: rows })
  })

  it("has all rows once after it was killed at six moments", { timeout: 120_000 }, async () => {
    const home = join(root, "killed")
    for (let round = 0; round < 6; round++) {
      await new Promise<void>((resolve) => {
        const child = spawn(process.execPath, [program, home, sourceFile], { stdio: ["ignore", "pipe", "ignore"] })
        child.stdout.once("data", () => setTimeout(() => child.kill("SIGKILL"), round * 80))
        child.once("exit", () => resolve())
      })
      writeFileSync(join(home, `round-${round}`), "")
    }
    const after = spawnSync(process.execPath, [program, home, sourceFile], { encoding: "utf8" })
    const { rowsNew, ...found } = lastLine(after.stdout) as typeof whole & { rowsNew: number }
    assert.deepStrictEqual(found, whole)
    assert.include([0, rows], rowsNew)
  })
})
