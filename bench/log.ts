/**
 * How many entries a second does one thread log, from the outbox to signed and durable tiles, and how long does a proof take? Target:
 * 50,000 entries a second with group commit, a proof in less than a millisecond. The disk is the one of the temporary folder.
 *
 *     node bench/log.ts
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Layer } from "effect"
import { NodeServices } from "@effect/platform-node"
import { Home } from "#core/home/Home.ts"
import { inclusionProof } from "#core/log/inclusionProof.ts"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { tileNodes } from "#core/log/tileNodes.ts"
import { Records } from "#core/records/Records.ts"

const groups = 50
const perGroup = 4096
const proofs = 2000

const home = mkdtempSync(join(tmpdir(), "assay-bench-log-"))
const layer = Log.layer.pipe(
  Layer.provideMerge(Records.layer(join(home, "records.sqlite"), logMigrations)),
  Layer.provideMerge(Home.layer(home)),
  Layer.provideMerge(NodeServices.layer)
)
const since = (start: bigint): number => Number(process.hrtime.bigint() - start) / 1e9

const result = await Effect.runPromise(
  Effect.gen(function* () {
    const records = yield* Records
    const log = yield* Log
    const commitment = "ab".repeat(32)
    const acknowledged: Array<number> = []
    const start = process.hrtime.bigint()
    for (let g = 0; g < groups; g++) {
      const begun = process.hrtime.bigint()
      yield* records.write((db) => {
        for (let i = 0; i < perGroup; i++) {
          log.append(db, { type: "use", operation: `use_${g * perGroup + i}`, commitment })
        }
      })
      yield* log.drain
      acknowledged.push(since(begun))
    }
    const seconds = since(start)
    const cpu = process.cpuUsage()
    acknowledged.sort((a, b) => a - b)
    const size = groups * perGroup
    const proving = process.hrtime.bigint()
    for (let i = 0; i < proofs; i++) yield* log.prove(Math.floor((i * size) / proofs))
    const proofMillis = (since(proving) / proofs) * 1000
    const bare = process.hrtime.bigint()
    for (let i = 0; i < proofs; i++) {
      inclusionProof(tileNodes(log.files, size), Math.floor((i * size) / proofs), size)
    }
    const pathMillis = (since(bare) / proofs) * 1000
    const verifying = process.hrtime.bigint()
    const { sound } = yield* log.verify
    return {
      entries: size,
      entriesPerSecond: Math.round(size / seconds),
      entriesPerCpuSecond: Math.round(size / ((cpu.user + cpu.system) / 1e6)),
      groupMillisP50: acknowledged[groups >> 1]! * 1000,
      groupMillisP99: acknowledged[Math.floor(groups * 0.99)]! * 1000,
      proofMillis,
      pathMillis,
      verifySeconds: since(verifying),
      sound
    }
  }).pipe(Effect.provide(layer))
)
rmSync(home, { recursive: true })
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
