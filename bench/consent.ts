/**
 * What enforcing licences costs: a scan of 20 million rows through the guard against the plain scan, and the bitmap over 2 million licences,
 * through `Guard` as pipelines use it. CPU time of the process; three rounds, of which all are told.
 *
 * `node bench/consent.ts [rounds]`
 */
import { generateKeyPairSync, sign } from "node:crypto"
import { Effect, Layer } from "effect"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { Records } from "#core/records/Records.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { Passkeys } from "#privacy/consent/grant/Passkeys.ts"
import { Guard } from "#privacy/consent/guard/Guard.ts"
import { consentMigrations } from "#privacy/consent/migrations.ts"
import type { Operation } from "#privacy/consent/Operation.ts"

const rows = 20_000_000
const licences = 2_000_000
/** Different sets of rules among the licences. */
const terms = 500
const rounds = Number(process.argv[2] ?? 3)

const { privateKey, publicKey } = generateKeyPairSync("ed25519")
const home: Home["Service"] = {
  path: "",
  tmp: "",
  shelf: "",
  warehouseFile: "",
  recordsFile: "",
  key: Buffer.alloc(32),
  hmac: (label, text) => `${label}${text}`,
  sign: (text) => sign(null, Buffer.from(text), privateKey).toString("base64url"),
  publicKey: publicKey.export({ type: "spki", format: "pem" }).toString()
}
const layer = Guard.layer.pipe(
  Layer.provideMerge(Layer.merge(Warehouse.memory, Consent.layer)),
  Layer.provideMerge(Layer.mergeAll(Log.memory, Passkeys.none, Layer.succeed(Home, home))),
  Layer.provideMerge(Records.memory([...logMigrations, ...consentMigrations]))
)

const operation: Operation = {
  actions: ["share"],
  purpose: "dpv:MarketResearch",
  recipient: "third-party",
  categories: ["dpv-pd:Transactional", "dpv-pd:Location"],
  evidence: 2,
  asOf: 500
}

/** CPU seconds and wall seconds of an effect. */
const timed = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const [begun, cpu] = [process.hrtime.bigint(), process.cpuUsage()]
    const value = yield* effect
    const { user, system } = process.cpuUsage(cpu)
    return { value, cpu: (user + system) / 1e6, wall: Number(process.hrtime.bigint() - begun) / 1e9 }
  })

const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits))

const measured = Effect.gen(function* () {
  const warehouse = yield* Warehouse
  const guard = yield* Guard
  yield* warehouse.script(`
    insert into _base.licence by name
    select i::uinteger as lic, (1 + i // 4)::uinteger as subj, (1 + i % ${terms})::uinteger as declared, (1 + i % ${terms})::uinteger as terms,
      0 as nbf, 400 + hash(i) % 1000 as exp, (hash(i + 7) % 2000 = 0)::utinyint as state, 1 + hash(i + 9) % 3 as evidence
    from range(1, ${licences + 1}) r(i);
    insert into _base.rule (terms, prohibits, actions, purposes, recipients, categories)
    select 1 + i % ${terms}, i >= ${terms}, 255, hash(i) // 2, hash(i + 1) // 2, case when i < ${terms} then ${2n ** 63n - 1n} else 1 end
    from range(${terms + 50}) r(i);
    insert into _base.synced values ((select 1), ${licences});
    create table core.t as select (1 + hash(i) % ${licences})::uinteger as _lic, (i % 1000)::bigint as v from range(${rows}) r(i)`)
  // The licences of the bench are of nobody who could be enrolled.
  const plain = timed(warehouse.query("select sum(v) as s from core.t"))
  yield* plain
  const told: Array<Record<string, number>> = []
  for (let i = 0; i < rounds; i++) {
    const scanned = yield* Effect.scoped(
      Effect.gen(function* () {
        const bare = yield* plain
        const decided = yield* timed(guard.decide(operation))
        const view = quoteIdentifier(...(yield* guard.scan(decided.value, ["core", "t"])))
        const guarded = yield* timed(warehouse.query<{ n: number }>(`select count(*) as n, sum(v) as s from ${view}`))
        return { bare, decided, guarded, share: guarded.value[0]!.n / rows }
      })
    )
    told.push({
      plainMillionRowsPerCpuSecond: rounded(rows / scanned.bare.cpu / 1e6, 0),
      guardedMillionRowsPerCpuSecond: rounded(rows / scanned.guarded.cpu / 1e6, 1),
      ratio: rounded(scanned.guarded.cpu / scanned.bare.cpu, 1),
      guardedWallSeconds: rounded(scanned.guarded.wall),
      bitmapCpuMillis: rounded(scanned.decided.cpu * 1000, 0),
      bitmapWallMillis: rounded(scanned.decided.wall * 1000, 0),
      shareAllowed: rounded(scanned.share)
    })
  }
  return { rows, licences, terms, rounds: told }
})

process.stdout.write(`${JSON.stringify(await Effect.runPromise(Effect.provide(measured, layer)), null, 2)}\n`)
