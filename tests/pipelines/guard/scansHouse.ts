import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Layer } from "effect"
import { Records } from "#core/records/Records.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { bindSubjects } from "#privacy/consent/guard/bindSubjects.ts"
import { Guard } from "#privacy/consent/guard/Guard.ts"
import { raiseEpoch } from "#privacy/consent/raiseEpoch.ts"
import { useMigrations } from "#privacy/consent/use/migrations.ts"
import { Uses } from "#privacy/consent/use/Uses.ts"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { Passkeys } from "#privacy/consent/grant/Passkeys.ts"
import { consentMigrations } from "#privacy/consent/migrations.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { Scans } from "#pipelines/engine/Scans.ts"
import { scansLayer } from "#pipelines/guard/scansLayer.ts"
import { Products } from "#pipelines/release/Products.ts"
import { plainAsset } from "../engine/openEngine.ts"
import { testHome } from "../../privacy/consent/consentLayer.ts"

const products = Layer.succeed(
  Products,
  Products.of({
    definitions: Effect.succeed([]),
    consented: Effect.succeed([]),
    stands: () => Effect.succeed(false),
    draft: () => Effect.die("none"),
    waits: () => Effect.succeed(undefined),
    draftConsented: () => Effect.die("none")
  })
)
/** Scans over a warehouse, records and a log in memory. */
export const house = Layer.unwrap(
  Effect.sync(() => {
    const home = { ...testHome, path: mkdtempSync(join(tmpdir(), "assay-scans-")) }
    return scansLayer.pipe(
      Layer.provideMerge(Guard.layer),
      Layer.provideMerge(Layer.mergeAll(Warehouse.memory, Consent.layer, Uses.layer, products)),
      Layer.provideMerge(Layer.mergeAll(Log.memory, Passkeys.none, Layer.succeed(Home, home))),
      Layer.provideMerge(Records.memory([...logMigrations, ...consentMigrations, ...useMigrations]))
    )
  })
)

const licence = { actions: ["derive"], purposes: ["dpv:MarketResearch"], recipients: [] }

/** Ten customers with one record in `core.a` under one licence and one in `core.b` under another, and `core.c` about nobody. */
export const landed = Effect.gen(function* () {
  const warehouse = yield* Warehouse
  for (const [ordinal, table, terms] of [
    [1, "a", licence],
    [2, "b", { ...licence, purposes: ["dpv:MarketResearch", "dpv:ServiceProvision"] }],
    [3, "c", null]
  ] as const) {
    yield* warehouse.run("insert into _assay.licence values ($ordinal, $terms)", {
      ordinal,
      terms: JSON.stringify({ licence: terms, categories: {} })
    })
    const subjects = table === "c" ? "select null::varchar as id" : "select 's' || i as id from range(10) r(i)"
    const evidence = table === "c" ? 3 : 1
    yield* warehouse.transaction((session) =>
      Effect.andThen(
        bindSubjects(session, subjects, "bound", { ordinal, nbf: 0, exp: 4_000_000_000, evidence }),
        session.script(
          `create table core.${table} as select coalesce(id, 'all') as id, ${ordinal} as x, lic as _lic, subj as _subj, uuid() as _event_id from bound; drop table bound`
        )
      )
    )
  }
})

/** Freezes a customer, as a revocation does. */
export const freeze = (id: string) =>
  Effect.gen(function* () {
    const subj = yield* (yield* Consent).subject(id)
    yield* (yield* Records).write((db) => {
      db.run("update subject set state = 'FROZEN' where subj = $subj", { subj })
      db.run("insert into consent_change values ($epoch, $subj, 'FROZEN', null, 0)", { epoch: raiseEpoch(db), subj })
    })
  })

/** Makes `core.made` from a statement as the engine does, and gives its rows. */
export const make = Effect.fnUntraced(function* (sql: string, deps: ReadonlyArray<string>) {
  const asset: Asset = { ...plainAsset, key: "feature.made", kind: "full", deps, sql }
  const warehouse = yield* Warehouse
  const scan = yield* (yield* Scans).open(asset, sql, "run_1")
  yield* scan.remember
  yield* warehouse.run(`create or replace table feature.made as ${scan.statement}`)
  yield* scan.settle("feature.made")
  return yield* warehouse.query<{
    id: string
    _lic: number | null
    subj: number | null
    parts: ReadonlyArray<number> | null
  }>("select m.id, m._lic, l.subj, l.parts from feature.made m left join _base.licence l on l.lic = m._lic order by id")
}, Effect.scoped)
