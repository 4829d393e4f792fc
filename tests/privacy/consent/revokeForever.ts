/**
 * Grants and revokes without end, until it is killed: `node revokeForever.ts HOME`. Tells each acknowledged change as `grant SUBJ SEQ` or
 * `revoke SUBJ INDEX EPOCH`, and each tree as `tree SIZE ROOT`, on a line of standard output written before anything else happens.
 */
import { writeSync } from "node:fs"
import { join } from "node:path"
import { Clock, Effect, Layer } from "effect"
import { NodeServices } from "@effect/platform-node"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { Records } from "#core/records/Records.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { signGrant } from "#privacy/consent/grant/grantToken.ts"
import { Passkeys } from "#privacy/consent/grant/Passkeys.ts"
import { consentMigrations } from "#privacy/consent/migrations.ts"
import { Affected } from "#privacy/consent/revocation/Affected.ts"
import { revocationMigrations } from "#privacy/consent/revocation/migrations.ts"
import { Revocations } from "#privacy/consent/revocation/Revocations.ts"
import { grantOf } from "./consentLayer.ts"

const home = process.argv[2]!
const subjects = 20
const layer = Revocations.layer.pipe(
  Layer.provideMerge(Consent.layer),
  Layer.provideMerge(
    Layer.mergeAll(Log.layer, Passkeys.none, Layer.succeed(Affected, Affected.of({ freeze: () => [] })))
  ),
  Layer.provideMerge(
    Records.layer(join(home, "records.sqlite"), [...logMigrations, ...consentMigrations, ...revocationMigrations])
  ),
  Layer.provideMerge(Home.layer(home)),
  Layer.provideMerge(NodeServices.layer)
)

await Effect.runPromise(
  Effect.gen(function* () {
    const consent = yield* Consent
    const revocations = yield* Revocations
    const log = yield* Log
    const keys = yield* Home
    yield* consent.enrol(Array.from({ length: subjects }, (_, i) => ({ subj: i + 1, id: `s${i + 1}` })))
    const start = yield* log.drain
    writeSync(1, `tree ${start.size} ${start.root}\n`)
    for (let i = start.size; ; i++) {
      const subj = 1 + (i % subjects)
      const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
      const { seq } = yield* consent.accept(signGrant(keys, grantOf(yield* consent.draft(subj), now)))
      writeSync(1, `grant ${subj} ${seq}\n`)
      if (i % 3 === 0) continue
      const { index, epoch, size, root } = yield* revocations.revoke(subj)
      writeSync(1, `revoke ${subj} ${index} ${epoch}\ntree ${size} ${root}\n`)
    }
  }).pipe(Effect.provide(layer))
)
