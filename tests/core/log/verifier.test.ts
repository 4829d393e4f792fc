import { spawnSync } from "node:child_process"
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { consistencyProof } from "#core/log/consistencyProof.ts"
import { Log } from "#core/log/Log.ts"
import { folderFiles } from "#core/log/LogFiles.ts"
import { packPresenceSet } from "#core/log/packPresenceSet.ts"
import { proveMembership } from "#core/log/PresenceSet.ts"
import { tileNodes } from "#core/log/tileNodes.ts"
import { exitCodes } from "#core/log/verifier/assay-verify.mjs"
import { appendRange, testKey, withLog } from "./logHouse.ts"

/** The verifier by itself, in a folder that has nothing else of Assay. */
const folder = mkdtempSync(join(tmpdir(), "assay-verifier-"))
const at = (name: string): string => join(folder, name)
copyFileSync(fileURLToPath(new URL("../../../core/log/verifier/assay-verify.mjs", import.meta.url)), at("verify.mjs"))

const run = (...args: ReadonlyArray<string>) => {
  const { status, stdout } = spawnSync(process.execPath, [at("verify.mjs"), ...args], { cwd: folder, encoding: "utf8" })
  return { exit: status, said: stdout.startsWith("{") ? JSON.parse(stdout) : stdout }
}

describe("the offline verifier", () => {
  it.effect("ends with another code for each thing that does not hold, and with 0 when all does", () => {
    const key = testKey()
    const files = folderFiles(at("log"))
    return withLog(
      files,
      key,
      Effect.gen(function* () {
        const log = yield* Log
        yield* appendRange(0, 300)
        yield* log.drain
        copyFileSync(at("log/checkpoint"), at("older"))
        yield* appendRange(300, 700)
        const head = yield* log.drain
        const trust = ["--key", key.verifier]

        const whole = run("log", "log", ...trust, "--seen", "older")
        assert.deepStrictEqual([whole.exit, whole.said], [0, { ...head, sound: true }])

        const { proof } = yield* log.prove(42)
        writeFileSync(at("entry.tlog-proof"), proof)
        const included = run("proof", "entry.tlog-proof", ...trust)
        assert.strictEqual(included.exit, 0)
        assert.strictEqual(JSON.parse(included.said.entry).operation, "rel_42")
        writeFileSync(at("wrong"), proof.replace("index 42", "index 43"))
        assert.strictEqual(run("proof", "wrong", ...trust).exit, exitCodes.inclusion)
        assert.strictEqual(run("proof", "entry.tlog-proof", "--key", testKey().verifier).exit, exitCodes.signature)
        writeFileSync(at("wrong"), proof.slice(5))
        assert.strictEqual(run("proof", "wrong", ...trust).exit, exitCodes.malformed)

        const grown = consistencyProof(tileNodes(files, 700), 300, 700)
        const path = grown.map((hash) => Buffer.from(hash).toString("base64"))
        const growth = (lines: ReadonlyArray<string>): string =>
          ["old 300", ...lines, "", readFileSync(at("log/checkpoint"), "utf8")].join("\n")
        writeFileSync(at("growth"), growth(path))
        assert.strictEqual(run("growth", "growth", "--from", "older", ...trust).exit, 0)
        writeFileSync(at("growth"), growth(path.toReversed()))
        assert.strictEqual(run("growth", "growth", "--from", "older", ...trust).exit, exitCodes.consistency)

        const { root, bytes } = packPresenceSet(Buffer.alloc(32, 0xab), 16)
        const set = { size: 16, root, read: (from: number, length: number) => bytes.subarray(from, from + length) }
        const member = proveMembership(set, "ab".repeat(32))
        writeFileSync(at("member"), JSON.stringify(member))
        assert.strictEqual(run("member", "member").said.member, "present")
        writeFileSync(at("member"), JSON.stringify({ ...member, value: "ac".repeat(32) }))
        assert.strictEqual(run("member", "member").exit, exitCodes.presence)

        const bundle = readFileSync(at("log/tile/entries/001"))
        bundle[bundle.indexOf('"rel_260"') + 1]! ^= 1
        writeFileSync(at("log/tile/entries/001"), bundle)
        const damaged = run("log", "log", ...trust)
        assert.deepStrictEqual([damaged.exit, damaged.said.firstBad], [exitCodes.damaged, 260])
        assert.strictEqual(run("nonsense").exit, exitCodes.usage)
        assert.strictEqual(new Set(Object.values(exitCodes)).size, Object.keys(exitCodes).length)
      })
    )
  })

  it.effect("notices a log that its own key wrote anew, or shortened, by a checkpoint that somebody kept", () => {
    const key = testKey()
    const write = (name: string, from: number, to: number) =>
      withLog(
        folderFiles(at(name)),
        key,
        Effect.gen(function* () {
          yield* appendRange(from, to)
          yield* (yield* Log).drain
        })
      )
    return Effect.gen(function* () {
      yield* write("first", 0, 300)
      yield* write("anew", 1, 501)
      yield* write("short", 0, 200)
      const seen = (name: string) => run("log", name, "--key", key.verifier, "--seen", "first/checkpoint")
      assert.strictEqual(seen("first").exit, 0)
      assert.strictEqual(seen("anew").exit, exitCodes.consistency)
      const short = seen("short")
      assert.deepStrictEqual([short.exit, short.said.firstBad], [exitCodes.consistency, 200])
    })
  })
})
