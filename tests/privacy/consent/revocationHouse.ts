import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Layer } from "effect"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { Records } from "#core/records/Records.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { Passkeys } from "#privacy/consent/grant/Passkeys.ts"
import { consentMigrations } from "#privacy/consent/migrations.ts"
import { Affected } from "#privacy/consent/revocation/Affected.ts"
import { revocationMigrations } from "#privacy/consent/revocation/migrations.ts"
import { Revocations } from "#privacy/consent/revocation/Revocations.ts"
import { useMigrations } from "#privacy/consent/use/migrations.ts"
import { Uses } from "#privacy/consent/use/Uses.ts"
import { testHome } from "./consentLayer.ts"

/** One product, which every revocation suspends. */
const affected = Layer.succeed(
  Affected,
  Affected.of({ freeze: () => [{ kind: "product", name: "usage_records", effect: "suspended" }] })
)

/** Grants, revocations and uses over records in memory and a folder of their own. */
export const revocationLayer = Layer.suspend(() => {
  const home = { ...testHome, path: mkdtempSync(join(tmpdir(), "assay-revocation-")) }
  return Layer.mergeAll(Revocations.layer, Uses.layer, Consent.layer).pipe(
    Layer.provideMerge(Layer.mergeAll(Log.memory, Passkeys.none, affected, Layer.succeed(Home, home))),
    Layer.provideMerge(
      Records.memory([...logMigrations, ...consentMigrations, ...revocationMigrations, ...useMigrations])
    )
  )
})

/** Enrols `n` subjects, `s1` to `s<n>`, under the ordinals 1 to n. */
export const enrolMany = (n: number) =>
  Effect.flatMap(Consent, (consent) =>
    consent.enrol(Array.from({ length: n }, (_, i) => ({ subj: i + 1, id: `s${i + 1}` })))
  )

/** One operation under a given id that touched the given subjects, as a publishing step would note it. */
export const useOf = Effect.fnUntraced(function* (operation: string, subjects: ReadonlyArray<number>, epoch?: number) {
  const uses = yield* Uses
  const now = yield* (yield* Consent).epoch
  const facts = {
    operation,
    action: "share",
    purpose: "dpv:ServiceProvision",
    recipient: "third-party",
    asset: "usage_records"
  } as const
  const sealed = yield* uses.seal({ ...facts, epoch: epoch ?? now }, Uint32Array.from(subjects))
  yield* (yield* Records).write((db) => uses.append(db, sealed))
})
