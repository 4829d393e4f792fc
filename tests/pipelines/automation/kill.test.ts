import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "vitest"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"

const kills = process.env["ASSAY_NIGHTLY"] === "1" ? 50 : 5

describe("a home that is killed while it answers a schedule", () => {
  it(`answers every minute once, killed ${kills} times`, { timeout: 300_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "assay-ticks-"))
    const [file, journal] = [join(folder, "records.sqlite"), join(folder, "journal")]
    const bits = seededBits(11)
    const script = fileURLToPath(new URL("dieAtAnyMoment.ts", import.meta.url))
    for (let i = 0; i < kills; i++) {
      const child = spawn(process.execPath, [script, file, journal], { stdio: ["ignore", "ignore", "pipe"] })
      let said = ""
      child.stderr.on("data", (text) => (said += String(text)))
      const ended = new Promise((done) => child.once("exit", done))
      // It counts only if it hit a process at work.
      const before = lengthOf(journal)
      for (let k = 0; k < 2000 && lengthOf(journal) === before && child.exitCode === null; k++) await pause(5)
      await pause(uniformInt(bits, 60))
      child.kill("SIGKILL")
      await ended
      assert.isAbove(lengthOf(journal), before, said)
    }
    const database = new DatabaseSync(file)
    const requests = database
      .prepare("select at, state from automation_request order by at")
      .all() as unknown as ReadonlyArray<{
      at: string
      state: string
    }>
    const minutes = requests.map(({ at }) => Date.parse(at) / 60_000)
    // Minute by minute without a gap and without a second one.
    assert.deepStrictEqual(
      minutes,
      minutes.map((_, i) => minutes[0]! + i)
    )
    const unfinished = requests.filter(({ state }) => state === "open" || state === "running").length
    assert.isAtMost(unfinished, 1)
    const worked = lengthOf(journal)
    // A kill between the work and the note of it repeats that work, which finds it done; nothing is left out.
    assert.isAtLeast(worked, requests.length - unfinished)
    assert.isAtMost(worked, requests.length + kills)
  })
})

const pause = (millis: number): Promise<void> => new Promise((done) => setTimeout(done, millis))

function lengthOf(journal: string): number {
  try {
    return readFileSync(journal, "utf8").split("\n").length - 1
  } catch {
    return 0
  }
}
