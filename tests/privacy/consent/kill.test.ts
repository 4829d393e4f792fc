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
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { rangeHash } from "#core/log/Nodes.ts"
import { tileNodes } from "#core/log/tileNodes.ts"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { Records } from "#core/records/Records.ts"
import { consentMigrations } from "#privacy/consent/migrations.ts"
import { revocationMigrations } from "#privacy/consent/revocation/migrations.ts"

const kills = process.env["ASSAY_NIGHTLY"] === "1" ? 50 : 10
const migrations = [...logMigrations, ...consentMigrations, ...revocationMigrations]

describe("a process killed while it grants and revokes", () => {
  it.live(
    `loses no grant or revocation that it acknowledged, and signs no size twice (${kills} kills)`,
    () =>
      Effect.gen(function* () {
        const home = join(mkdtempSync(join(tmpdir(), "assay-consent-kill-")), "home")
        const bits = seededBits("consent kill")
        const trees = new Map<string, string>()
        const grants = new Map<string, number>()
        const revocations: Array<readonly [subj: number, index: number, epoch: number]> = []
        for (let i = 0; i < kills; i++) {
          for (const line of yield* Effect.promise(() => killAfter(home, 3 + uniformInt(bits, 40)))) {
            const [what, first, second, third] = line.split(" ")
            if (what === "grant") grants.set(first!, Math.max(grants.get(first!) ?? 0, Number(second)))
            if (what === "revoke") revocations.push([Number(first), Number(second), Number(third)])
            if (what !== "tree") continue
            assert.strictEqual(trees.get(first!) ?? second, second)
            trees.set(first!, second!)
          }
        }
        assert.isAbove(revocations.length, kills)
        yield* Effect.gen(function* () {
          const records = yield* Records
          const log = yield* Log
          const head = yield* log.drain
          assert.deepStrictEqual(yield* log.verify, { ...head, sound: true })
          const nodes = tileNodes(log.files, head.size)
          for (const [size, root] of trees) {
            if (size !== "0") assert.strictEqual(Buffer.from(rangeHash(nodes, 0, Number(size))).toString("hex"), root)
          }
          for (const [subj, seq] of grants) {
            const { last } = yield* records.read((db) =>
              db.get<{ last: number }>("select max(seq) as last from consent_grant where subj = $subj", { subj })!
            )
            assert.isAtLeast(last, seq)
          }
          for (const [subj, index, epoch] of revocations) {
            const stored = yield* records.read((db) =>
              db.get<{ operation: string; subj: number }>(
                "select operation, subj from consent_revocation where epoch = $epoch",
                { epoch }
              )
            )
            assert.strictEqual(stored!.subj, subj)
            const [entry] = yield* log.entries(index, 1)
            const logged = JSON.parse(Buffer.from(entry!).toString()) as Record<string, unknown>
            assert.deepStrictEqual(
              [logged["type"], logged["operation"], logged["epoch"]],
              ["revoke", stored!.operation, epoch]
            )
          }
          // Every change has its entry: what the records hold and the log does not would be a change that nobody can prove.
          const held = yield* records.read((db) => ({
            grants: db.get<{ n: number }>("select count(*) as n from consent_grant")!.n,
            revocations: db.get<{ n: number }>("select count(*) as n from consent_revocation")!.n
          }))
          const entries = yield* log.entries(0, head.size)
          const types = entries.map((entry) => (JSON.parse(Buffer.from(entry).toString()) as { type: string }).type)
          assert.strictEqual(types.filter((type) => type === "grant").length, held.grants)
          assert.strictEqual(types.filter((type) => type === "revoke").length, held.revocations)
        }).pipe(
          Effect.provide(
            Log.layer.pipe(
              Layer.provideMerge(Records.layer(join(home, "records.sqlite"), migrations)),
              Layer.provideMerge(Home.layer(home)),
              Layer.provideMerge(NodeServices.layer)
            )
          )
        )
      }),
    600_000
  )
})

/** Starts the program, kills it with SIGKILL at a line that it tells, and gives all lines that came out. */
function killAfter(home: string, lines: number): Promise<ReadonlyArray<string>> {
  const program = fileURLToPath(new URL("revokeForever.ts", import.meta.url))
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "assay-compile-cache") }
  const child = spawn(process.execPath, [program, home], { env, stdio: ["ignore", "pipe", "inherit"] })
  const told: Array<string> = []
  createInterface({ input: child.stdout }).on("line", (line) => {
    told.push(line)
    if (told.length === lines) child.kill("SIGKILL")
  })
  return new Promise((resolve) => child.on("close", () => resolve(told)))
}
