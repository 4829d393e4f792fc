import { mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer } from "effect"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { folderFiles } from "#core/log/LogFiles.ts"
import type { LogKey } from "#core/log/LogKey.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { Records } from "#core/records/Records.ts"
import { parsePolicy, verifyProof } from "#core/log/verifier/assay-verify.mjs"
import { askWitnesses } from "#core/log/witness/askWitnesses.ts"
import { serveWitness } from "#core/log/witness/serveWitness.ts"
import { watchWitnesses } from "#core/log/witness/watchWitnesses.ts"
import { witnessNotes } from "#core/log/witness/WitnessNotes.ts"
import { witnessState } from "#core/log/witness/witnessState.ts"
import { testHome } from "../../privacy/consent/consentLayer.ts"
import { appendRange, testKey } from "./logHouse.ts"

const temporary = (): string => mkdtempSync(join(tmpdir(), "assay-watch-"))
const seconds = (): number => 1_800_000_000

const witness = (log: string, folder = temporary()) =>
  Effect.acquireRelease(
    Effect.promise(() => serveWitness({ folder, port: 0, logs: [log], seconds })),
    ({ close }) => Effect.promise(close)
  )

/** A home whose log lies in its folder, under a key of its own. */
const house = (path: string, key: LogKey) =>
  Layer.mergeAll(
    Log.over(folderFiles(join(path, "log")), key, () => witnessNotes(path).cosigned),
    Layer.succeed(Home, { ...testHome, path })
  ).pipe(Layer.provideMerge(Records.memory(logMigrations)))

const grow = (from: number, to: number) =>
  Effect.andThen(
    appendRange(from, to),
    Effect.flatMap(Log, (log) => log.drain)
  )
const state = Effect.flatMap(Log, (log) => Effect.flatMap(log.verify, witnessState))

describe("the witnesses of a home", () => {
  it.live("cosign each new checkpoint by themselves, and `log verify` tells how far, by whom, and who is away", () => {
    const [path, key] = [temporary(), testKey()]
    return Effect.gen(function* () {
      const notes = () => witnessNotes(path)
      yield* grow(0, 3)
      assert.strictEqual((yield* state).state, "none")
      assert.isUndefined(yield* askWitnesses())
      const one = yield* witness(key.verifier)
      const two = yield* Effect.promise(() =>
        serveWitness({ folder: temporary(), port: 0, logs: [key.verifier], seconds })
      )
      const lines = [
        `log ${key.verifier}`,
        `witness one ${one.verifier} ${one.url}`,
        `witness two ${two.verifier} ${two.url}`,
        "group both all one two",
        "quorum both",
        ""
      ]
      notes().keep("policy", lines.join("\n"))
      assert.strictEqual((yield* state).state, "alone")

      const told: Array<string> = []
      const watching = yield* Effect.forkChild(watchWitnesses("1 seconds", (words) => void told.push(words)))
      const cosigned = (size: number) =>
        Effect.repeat(Effect.andThen(Effect.sleep("20 millis"), state), { until: (now) => now.size === size })
      assert.deepStrictEqual(yield* cosigned(3), {
        state: "cosigned",
        size: 3,
        witnesses: ["one", "two"],
        away: [],
        refused: []
      })
      yield* grow(3, 400)
      assert.strictEqual((yield* cosigned(400)).state, "cosigned")
      yield* Fiber.interrupt(watching)
      // Proofs carry what was cosigned: whoever asks for the quorum is served, also when the log has grown since.
      const log = yield* Log
      const policy = parsePolicy(notes().policy!)
      yield* grow(400, 405)
      for (const entry of [0, 2, 255, 256, 399]) {
        const { proof } = yield* log.prove(entry, "witnessed")
        assert.deepStrictEqual(
          [verifyProof(proof, policy).index, verifyProof(proof, policy).checkpoint.size],
          [entry, 400]
        )
        assert.strictEqual(verifyProof((yield* log.prove(entry)).proof, key.policy).checkpoint.size, 405)
      }
      const fresh = yield* log.prove(402, "witnessed")
      assert.strictEqual(verifyProof(fresh.proof, key.policy).checkpoint.size, 405)
      assert.throws(() => verifyProof(fresh.proof, policy), "Too few witnesses")
      assert.deepStrictEqual(told, [])

      // One is gone: the log goes on, and the state says what is missing.
      yield* Effect.promise(() => two.close())
      yield* grow(405, 500)
      const round = yield* askWitnesses()
      assert.deepStrictEqual([round!.witnesses, round!.away, round!.quorum], [["one"], ["two"], false])
      const short = yield* state
      assert.deepStrictEqual([short.state, short.size, short.away], ["short", 500, ["two"]])

      // What was cosigned is not believed for being there.
      const file = join(path, "witnesses", "cosigned")
      const note = readFileSync(file, "utf8")
      const at = note.lastIndexOf("\u2014 assay.local/witness/") + 60
      writeFileSync(file, note.slice(0, at) + (note[at] === "A" ? "B" : "A") + note.slice(at + 1))
      assert.notInclude(["cosigned", "short"], (yield* state).state)
    }).pipe(Effect.scoped, Effect.provide(house(path, key)))
  })

  it.live("who know another tree are the sign of a split view, and so is a home that was put back", () => {
    const [path, key, memory] = [temporary(), testKey(), temporary()]
    const policyOf = (line: string): string => `log ${key.verifier}\nwitness one ${line}\nquorum one\n`
    return Effect.gen(function* () {
      const one = yield* witness(key.verifier, memory)
      const line = `${one.verifier} ${one.url}`
      yield* Effect.gen(function* () {
        witnessNotes(path).keep("policy", policyOf(line))
        yield* grow(0, 20)
        assert.isTrue((yield* askWitnesses())!.quorum)
      }).pipe(Effect.provide(house(path, key)))
      for (const entries of [10, 30]) {
        const other = temporary()
        yield* Effect.gen(function* () {
          witnessNotes(other).keep("policy", policyOf(line))
          // Other operations under the same key: the same house, telling another story, or an older one.
          yield* grow(100, 100 + entries)
          const round = yield* askWitnesses()
          assert.deepStrictEqual([round!.refused, round!.away, round!.quorum], [["one"], [], false])
          assert.strictEqual((yield* state).state, "split")
        }).pipe(Effect.provide(house(other, key)))
      }
    }).pipe(Effect.scoped)
  })

  it.live("may answer what they like: endless answers, redirects and nonsense count as away", () => {
    const [path, key] = [temporary(), testKey()]
    const answers = ["endless", "redirect", "nonsense", "reset"]
    let secret = 0
    const inside = createServer((_, response) => {
      secret++
      response.end("\u2014 one AAAA\n")
    })
    const hostile = createServer((request, response) => {
      request.resume()
      const [, how] = request.url!.split("/")
      if (how === "redirect") {
        response.writeHead(307, { location: `http://127.0.0.1:${(inside.address() as AddressInfo).port}/` }).end()
      } else if (how === "nonsense") response.end("\u2014 one !!!\n")
      else if (how === "reset") request.socket.destroy()
      else {
        const pour = (): void => {
          if (!response.destroyed && response.write("x".repeat(64 * 1024))) setImmediate(pour)
          else response.once("drain", pour)
        }
        pour()
      }
    })
    const listen = (server: typeof hostile) =>
      Effect.acquireRelease(
        Effect.promise(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()))),
        () => Effect.sync(() => (server.closeAllConnections(), server.close()))
      )
    return Effect.gen(function* () {
      yield* listen(inside)
      yield* listen(hostile)
      const { port } = hostile.address() as AddressInfo
      const keys = yield* Effect.forEach(answers, () => witness(key.verifier))
      const lines = answers.map((how, i) => `witness ${how} ${keys[i]!.verifier} http://127.0.0.1:${port}/${how}`)
      witnessNotes(path).keep("policy", [`log ${key.verifier}`, ...lines, "quorum none", ""].join("\n"))
      yield* grow(0, 5)
      const round = yield* askWitnesses()
      assert.deepStrictEqual([round!.away, round!.witnesses, secret], [answers, [], 0])
    }).pipe(Effect.scoped, Effect.provide(house(path, key)))
  })
})
