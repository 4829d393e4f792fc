/**
 * How long does a customer wait for the receipt of a revocation, from the call to a durable, signed and proven entry of the log, while the house
 * is busy logging? Target: 99 of 100 within 200 ms. And how long does one proof that an operation touched a subject take? Target: 1 ms.
 * The disk is the one of the temporary folder.
 *
 * `node bench/revoke.ts [revocations]`
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Fiber, Layer } from "effect"
import { NodeServices } from "@effect/platform-node"
import { Home } from "#core/home/Home.ts"
import { inclusionProof } from "#core/log/inclusionProof.ts"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { packPresenceSet } from "#core/log/packPresenceSet.ts"
import { presenceValue, proveMembership } from "#core/log/PresenceSet.ts"
import { tileNodes } from "#core/log/tileNodes.ts"
import { Records } from "#core/records/Records.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { Passkeys } from "#privacy/consent/grant/Passkeys.ts"
import { consentMigrations } from "#privacy/consent/migrations.ts"
import { Affected } from "#privacy/consent/revocation/Affected.ts"
import { revocationMigrations } from "#privacy/consent/revocation/migrations.ts"
import { Revocations } from "#privacy/consent/revocation/Revocations.ts"

const revocations = Number(process.argv[2] ?? 1000)
/** Entries that the house logs in one transaction, over and over, while customers revoke. */
const loadEntries = 200
const loadPause = "20 millis"
const subjectsInSet = Number(process.argv[3] ?? 1_000_000)

const home = mkdtempSync(join(tmpdir(), "assay-bench-revoke-"))
const migrations = [...logMigrations, ...consentMigrations, ...revocationMigrations]
const layer = Revocations.layer.pipe(
  Layer.provideMerge(Consent.layer),
  Layer.provideMerge(
    Layer.mergeAll(Log.layer, Passkeys.none, Layer.succeed(Affected, Affected.of({ freeze: () => [] })))
  ),
  Layer.provideMerge(Records.layer(join(home, "records.sqlite"), migrations)),
  Layer.provideMerge(Home.layer(home)),
  Layer.provideMerge(NodeServices.layer)
)
const millisSince = (start: bigint): number => Number(process.hrtime.bigint() - start) / 1e6
const at = (sorted: ReadonlyArray<number>, share: number): number =>
  Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(2))

const result = await Effect.runPromise(
  Effect.gen(function* () {
    const records = yield* Records
    const log = yield* Log
    const consent = yield* Consent
    const service = yield* Revocations
    yield* consent.enrol(Array.from({ length: revocations }, (_, i) => ({ subj: i + 1, id: `s${i + 1}` })))
    let logged = 0
    const load = Effect.gen(function* () {
      for (;;) {
        yield* records.write((db) => {
          for (let i = 0; i < loadEntries; i++) {
            log.append(db, { type: "use", operation: `use_${logged++}`, commitment: "ab".repeat(32) })
          }
        })
        yield* Effect.sleep(loadPause)
      }
    })
    const begun = process.hrtime.bigint()
    const busy = yield* Effect.forkChild(load)
    const waits: Array<number> = []
    for (let subj = 1; subj <= revocations; subj++) {
      const start = process.hrtime.bigint()
      yield* service.revoke(subj)
      waits.push(millisSince(start))
      yield* Effect.yieldNow
    }
    const seconds = millisSince(begun) / 1000
    yield* Fiber.interrupt(busy)
    waits.sort((a, b) => a - b)

    const { size } = yield* log.drain
    const first = process.hrtime.bigint()
    for (let i = 0; i < 500; i++) inclusionProof(tileNodes(log.files, size), (i * 7919) % size, size)
    const entryProof = millisSince(first) / 500

    const salt = Buffer.alloc(32, 7)
    const values = Buffer.alloc(subjectsInSet * 32)
    for (let i = 0; i < subjectsInSet; i++) values.set(presenceValue(salt, `${i}`), i * 32)
    const sealing = process.hrtime.bigint()
    const { root, bytes } = packPresenceSet(values, 2 ** 20)
    const sealed = millisSince(sealing)
    const set = { size: 2 ** 20, root, read: (from: number, n: number) => bytes.subarray(from, from + n) }
    const second = process.hrtime.bigint()
    for (let i = 0; i < 500; i++) proveMembership(set, presenceValue(salt, `${i}`).toString("hex"))
    return {
      revocations,
      entriesBesidePerSecond: Math.round(logged / seconds),
      acknowledgedMillis: { p50: at(waits, 0.5), p99: at(waits, 0.99), most: at(waits, 1) },
      entryProofMillis: Number(entryProof.toFixed(3)),
      setOfAMillionMillis: Math.round(sealed),
      presenceProofMillis: Number((millisSince(second) / 500).toFixed(3))
    }
  }).pipe(Effect.provide(layer))
)
rmSync(home, { recursive: true, force: true })
process.stdout.write(`${JSON.stringify(result)}\n`)
