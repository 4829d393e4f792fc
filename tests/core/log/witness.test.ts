import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { consistencyProof } from "#core/log/consistencyProof.ts"
import { Log } from "#core/log/Log.ts"
import { memoryFiles } from "#core/log/LogFiles.ts"
import { tileNodes } from "#core/log/tileNodes.ts"
import { parseKey, policyOfKey, signersOf, verifyCheckpoint, verifyProof } from "#core/log/verifier/assay-verify.mjs"
import { cosign } from "#core/log/witness/cosign.ts"
import { serveWitness } from "#core/log/witness/serveWitness.ts"
import { startAssay } from "../../assay.ts"
import { appendRange, testKey, withLog } from "./logHouse.ts"

const temporary = (): string => mkdtempSync(join(tmpdir(), "assay-witness-"))
const seconds = (): number => 1_800_000_000

/** A witness that goes with the scope. */
const witness = (logs: ReadonlyArray<string>, folder = temporary()) =>
  Effect.acquireRelease(
    Effect.promise(() => serveWitness({ folder, port: 0, logs, seconds })),
    ({ close }) => Effect.promise(close)
  )

/** A witness in a process of its own, killed with the scope; gives its key and address. */
const witnessProcess = (log: string) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.promise(async () => {
        const child = startAssay(["log", "witness", "--port", "0", "--state", temporary(), "--log", log])
        const line = await new Promise<string>((resolve) =>
          createInterface({ input: child.stdout! }).once("line", resolve)
        )
        return { child, line }
      }),
      ({ child }) => Effect.sync(() => child.kill("SIGKILL"))
    ),
    ({ line, child }) => ({ key: line.split(" ")[0]!, line, child })
  )

describe("witnesses", () => {
  it.live("cosign in two processes of their own what grows, and the verifier asks for their quorum", () => {
    const files = memoryFiles()
    const key = testKey()
    return withLog(
      files,
      key,
      Effect.gen(function* () {
        const log = yield* Log
        const [one, two] = yield* Effect.all([witnessProcess(key.verifier), witnessProcess(key.verifier)], {
          concurrency: 2
        })
        const policyText = `log ${key.verifier}\nwitness one ${one.line}\nwitness two ${two.line}\ngroup both all one two\nquorum both\n`
        for (const size of [10, 300]) {
          yield* appendRange(size === 10 ? 0 : 10, size)
          yield* log.drain
          const { note, witnesses, quorum } = yield* cosign(files, key, policyText)
          assert.deepStrictEqual([witnesses, quorum], [["one", "two"], true])
          const policy = {
            ...policyOfKey(key.verifier),
            witnesses: new Map([["one", parseKey(one.key)]]),
            quorum: "one"
          }
          assert.strictEqual(verifyCheckpoint(note, policy).size, size)
          const { proof } = yield* log.prove(size - 1)
          assert.throws(() => verifyProof(proof, policy), "Too few witnesses")
          assert.strictEqual(verifyProof(proof.slice(0, proof.indexOf("\n\n") + 2) + note, policy).index, size - 1)
        }
        two.child.kill("SIGKILL")
        yield* appendRange(300, 301)
        yield* log.drain
        const alone = yield* cosign(files, key, policyText)
        assert.deepStrictEqual([alone.witnesses, alone.quorum], [["one"], false])
      }).pipe(Effect.scoped)
    )
  })

  it.live("refuse a log that forked, shrank, is unknown or is not signed, and remember over a restart", () => {
    const files = memoryFiles()
    const key = testKey()
    const send = (url: string, body: string) =>
      Effect.promise(async () => {
        const response = await fetch(`${url}/add-checkpoint`, { method: "POST", body })
        return [response.status, await response.text(), response.headers.get("content-type")] as const
      })
    return withLog(
      files,
      key,
      Effect.gen(function* () {
        const log = yield* Log
        yield* appendRange(0, 5)
        yield* log.drain
        const first = files.read("checkpoint")!.toString()
        yield* appendRange(5, 9)
        yield* log.drain
        const second = files.read("checkpoint")!.toString()
        const proof = consistencyProof(tileNodes(files, 9), 5, 9).map((hash) => Buffer.from(hash).toString("base64"))
        const fork = key.signNote(`${key.origin}\n9\n${Buffer.alloc(32, 1).toString("base64")}\n`)
        const folder = temporary()
        const request = (old: number, lines: ReadonlyArray<string>, note: string): string =>
          [`old ${old}`, ...lines, "", note].join("\n")

        yield* Effect.gen(function* () {
          const { url } = yield* witness([key.verifier], folder)
          const post = (old: number, lines: ReadonlyArray<string>, note: string) => send(url, request(old, lines, note))
          assert.strictEqual((yield* post(0, [proof[0]!], first))[0], 422)
          assert.deepStrictEqual((yield* post(5, [], first)).slice(0, 2), [409, "0\n"])
          assert.strictEqual((yield* post(0, [], first))[0], 200)
          assert.deepStrictEqual(yield* post(0, [], first), [409, "5\n", "text/x.tlog.size"])
          assert.strictEqual((yield* post(5, [], first))[0], 200)
          assert.strictEqual((yield* post(5, proof.slice(1), second))[0], 422)
          assert.strictEqual((yield* post(5, proof, fork))[0], 422)
          assert.strictEqual((yield* post(10, [], second))[0], 400)
          assert.strictEqual((yield* post(5, proof, second.replace("\n9\n", "\n8\n")))[0], 403)
          const other = testKey()
          const foreign = other.signNote(`${other.origin}\n9\n${Buffer.alloc(32).toString("base64")}\n`)
          assert.strictEqual((yield* post(0, [], foreign))[0], 404)
          assert.strictEqual((yield* send(url, "nonsense"))[0], 400)
          assert.strictEqual((yield* send(url, "x".repeat(100_000)))[0], 400)
        }).pipe(Effect.scoped)

        yield* Effect.gen(function* () {
          const { url, verifier } = yield* witness([key.verifier], folder)
          assert.strictEqual((yield* send(url, request(0, [], first)))[0], 409)
          const [status, line] = yield* send(url, request(5, proof, second))
          assert.strictEqual(status, 200)
          assert.strictEqual(signersOf(second + line, [parseKey(verifier)]).size, 1)
          const tampered = second.replace("\n9\n", "\n7\n") + line
          assert.throws(() => signersOf(tampered, [parseKey(verifier)]))
          assert.strictEqual((yield* send(url, request(9, [], fork)))[0], 409)
        }).pipe(Effect.scoped)
      })
    )
  })

  it.live("are not asked by a policy that cannot be read or is for another log", () =>
    Effect.gen(function* () {
      const key = testKey()
      const vkey = key.verifier
      for (const text of [
        "",
        `log ${vkey}\n`,
        `log ${vkey}\nquorum nobody\n`,
        `log ${vkey}\nquorum none\nquorum none\n`,
        `log ${testKey().verifier}\nquorum none\n`,
        `log ${vkey}\nwitness w ${vkey}\nquorum w\n`,
        `log ${vkey}\ngroup g 0 w\nquorum g\n`
      ]) {
        assert.strictEqual((yield* Effect.flip(cosign(memoryFiles(), key, text))).code, "log.policy")
      }
    })
  )
})
