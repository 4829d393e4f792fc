import { spawn } from "node:child_process"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Home } from "#core/home/Home.ts"
import { drainGroup } from "#core/log/drainGroup.ts"
import { Log } from "#core/log/Log.ts"
import { memoryFiles } from "#core/log/LogFiles.ts"
import type { LogFiles } from "#core/log/LogFiles.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { rangeHash } from "#core/log/Nodes.ts"
import { tileNodes } from "#core/log/tileNodes.ts"
import { parseCheckpoint } from "#core/log/verifier/assay-verify.mjs"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { Records } from "#core/records/Records.ts"
import { appendRange, testKey, withLog } from "./logHouse.ts"

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")

/** Files whose `at`-th change fails, either before it or with half of the bytes written, and all that follow fail too. */
function failingFiles(inner: LogFiles, at: number, torn: boolean): LogFiles & { readonly changes: () => number } {
  let changes = 0
  const change = (work: () => void, half: () => void): void => {
    changes++
    if (changes === at && torn) half()
    if (changes >= at) throw new Error("the power went out")
    work()
  }
  const nothing = (): void => undefined
  return {
    read: inner.read,
    list: inner.list,
    write: (path, bytes) =>
      change(
        () => inner.write(path, bytes),
        () => inner.write(path, bytes.subarray(0, bytes.length >> 1))
      ),
    sync: () => change(() => inner.sync(), nothing),
    // Replacing is one step: it did not happen, or it did and the process learned nothing of it.
    replace: (path, bytes) =>
      change(
        () => inner.replace(path, bytes),
        () => inner.replace(path, bytes)
      ),
    remove: (path) => change(() => inner.remove(path), nothing),
    changes: () => changes
  }
}

describe("the log after a crash", () => {
  it.effect("ends in the same tree from every step of a drain, and never signs two roots for one size", () =>
    Effect.gen(function* () {
      const key = testKey()
      for (const torn of [false, true]) {
        for (let at = 1; ; at++) {
          const files = memoryFiles()
          const signed = new Map<number, string>()
          const watching: LogFiles = {
            ...files,
            replace: (path, bytes) => {
              const { size, root } = parseCheckpoint(Buffer.from(bytes).toString())
              assert.strictEqual(signed.get(size) ?? hex(root), hex(root))
              signed.set(size, hex(root))
              files.replace(path, bytes)
            }
          }
          let outcome: string | undefined
          const failing = failingFiles(watching, at, torn)
          // The records are as a crash leaves them: what was committed is there, the broken transaction is not.
          yield* withLog(
            watching,
            key,
            Effect.gen(function* () {
              yield* appendRange(0, 250)
              yield* (yield* Log).drain
              yield* appendRange(250, 560)
              // Beside the service, so that only one drain is in play.
              const exit = yield* Effect.exit(
                Effect.flatMap(Records, ({ write }) => write((db) => drainGroup(db, failing, key)))
              )
              outcome = exit._tag
              yield* appendRange(560, 570)
              const head = yield* (yield* Log).drain
              assert.strictEqual(head.size, 570)
              const verdict = yield* (yield* Log).verify
              assert.deepStrictEqual(verdict, { ...head, sound: true })
              const nodes = tileNodes(files, 570)
              for (const [size, root] of signed) assert.strictEqual(hex(rangeHash(nodes, 0, size)), root)
              const operations = (yield* (yield* Log).entries(0, 1000)).map(
                (leaf) => JSON.parse(Buffer.from(leaf).toString()).operation
              )
              assert.deepStrictEqual(
                operations,
                Array.from({ length: 570 }, (_, i) => `rel_${i}`)
              )
            })
          )
          if (outcome === "Success") {
            assert.isAbove(at, 15)
            break
          }
        }
      }
    })
  )

  const kills = process.env["ASSAY_NIGHTLY"] === "1" ? 50 : 10

  it.live(
    `loses nothing that was acknowledged when it is killed ${kills} times`,
    () =>
      Effect.gen(function* () {
        const home = join(mkdtempSync(join(tmpdir(), "assay-kill-")), "home")
        const bits = seededBits("kill")
        const trees = new Map<number, string>()
        let acknowledged = 0
        for (let i = 0; i < kills; i++) {
          const lines = 3 + uniformInt(bits, 40)
          const told = yield* Effect.promise(() => killAfter(home, lines))
          for (const line of told) {
            const [what, first, second] = line.split(" ")
            if (what === "ack") acknowledged = Number(second)
            if (what === "tree") {
              assert.strictEqual(trees.get(Number(first)) ?? second, second)
              trees.set(Number(first), second!)
            }
          }
        }
        const layer = Log.layer.pipe(
          Layer.provideMerge(Records.layer(join(home, "records.sqlite"), logMigrations)),
          Layer.provideMerge(Home.layer(home)),
          Layer.provideMerge(NodeServices.layer)
        )
        yield* Effect.gen(function* () {
          const log = yield* Log
          const head = yield* log.drain
          assert.isAtLeast(head.size, acknowledged)
          assert.isAbove(acknowledged, kills)
          assert.deepStrictEqual(yield* log.verify, { ...head, sound: true })
          const nodes = tileNodes(log.files, head.size)
          for (const [size, root] of trees) if (size > 0) assert.strictEqual(hex(rangeHash(nodes, 0, size)), root)
          const entries = yield* log.entries(0, head.size)
          assert.strictEqual(entries.length, head.size)
          entries.forEach((leaf, i) =>
            assert.strictEqual(JSON.parse(Buffer.from(leaf).toString()).operation, `rel_${i}`)
          )
        }).pipe(Effect.provide(layer))
      }),
    600_000
  )
})

/** Starts the program, kills it with SIGKILL at a line that it tells, and gives all lines that came out. */
function killAfter(home: string, lines: number): Promise<ReadonlyArray<string>> {
  const program = fileURLToPath(new URL("appendForever.ts", import.meta.url))
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "assay-compile-cache") }
  const child = spawn(process.execPath, [program, home], { env, stdio: ["ignore", "pipe", "inherit"] })
  const told: Array<string> = []
  const reader = createInterface({ input: child.stdout })
  reader.on("line", (line) => {
    told.push(line)
    if (told.length === lines) child.kill("SIGKILL")
  })
  return new Promise((resolve) => child.on("close", () => resolve(told)))
}
