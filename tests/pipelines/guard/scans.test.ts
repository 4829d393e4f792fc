import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
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
    draftConsented: () => Effect.die("none")
  })
)
const house = Layer.unwrap(
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
const landed = Effect.gen(function* () {
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

const freeze = (id: string) =>
  Effect.gen(function* () {
    const subj = yield* (yield* Consent).subject(id)
    yield* (yield* Records).write((db) => {
      db.run("update subject set state = 'FROZEN' where subj = $subj", { subj })
      db.run("insert into consent_change values ($epoch, $subj, 'FROZEN', null, 0)", { epoch: raiseEpoch(db), subj })
    })
  })

/** Makes `core.made` from a statement as the engine does, and gives its rows. */
const make = Effect.fnUntraced(function* (sql: string, deps: ReadonlyArray<string>) {
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

describe("assets read through their licences", () => {
  it.effect("hand on the licence of the one record that a row is made from", () =>
    Effect.gen(function* () {
      yield* landed
      const rows = yield* make("select id, x + 1 as y, _lic from core.a where x > 0", ["core.a"])
      assert.lengthOf(rows, 10)
      assert.isTrue(rows.every(({ _lic, parts }) => _lic !== null && parts === null))
    }).pipe(Effect.provide(house))
  )

  it.effect("put what is made of several records under all of their licences, whatever the author writes", () =>
    Effect.gen(function* () {
      yield* landed
      const joined = yield* make("select a.id, 1 as _lic from core.a as a join core.b as b using (id), core.c as c", [
        "core.a",
        "core.b",
        "core.c"
      ])
      assert.lengthOf(joined, 10)
      assert.isTrue(joined.every(({ subj, parts }) => parts?.length === 3 && subj !== null && subj > 0))
      const grouped = yield* make(
        "select id, count(*) as n from (select id from core.a union all select id from core.b) group by id",
        ["core.a", "core.b"]
      )
      assert.isTrue(grouped.every(({ parts }) => parts?.length === 2))
      // Two subjects: still under both; twenty records of ten: more than a row carries, so nobody may read it any further.
      const pair = yield* make("select min(id) as id from core.a where id in ('s1', 's2')", ["core.a"])
      assert.deepStrictEqual(
        pair.map(({ parts, subj }) => [parts?.length, subj]),
        [[2, null]]
      )
      const all = yield* make("select min(a.id) as id from core.a as a, core.b as b", ["core.a", "core.b"])
      assert.deepStrictEqual(
        all.map(({ _lic }) => _lic),
        [null]
      )
    }).pipe(Effect.provide(house))
  )

  it.effect("leave a frozen subject out, also of what was made from their records before, and count why", () =>
    Effect.gen(function* () {
      yield* landed
      const sql = "select a.id from core.a as a join core.b as b using (id)"
      yield* make(sql, ["core.a", "core.b"])
      yield* (yield* Warehouse).script("create table core.pairs as from feature.made")
      const before = yield* (yield* Scans).version({ ...plainAsset, key: "core.x", kind: "full" })
      yield* freeze("s3")
      assert.notStrictEqual(yield* (yield* Scans).version({ ...plainAsset, key: "core.x", kind: "full" }), before)
      const old = yield* make("select id from core.pairs", ["core.pairs"])
      assert.deepStrictEqual([old.length, old.some(({ id }) => id === "s3")], [9, false])
      assert.lengthOf(yield* make(sql, ["core.a", "core.b"]), 9)
      const kept = yield* (yield* Records).read((db) =>
        db.all<{ rows_in: number; rows_out: number; denied: string }>(
          "select rows_in, rows_out, denied from consent_operation order by rowid"
        )
      )
      assert.deepStrictEqual(
        kept.map((row) => [row.rows_in, row.rows_out, row.denied]),
        [
          [20, 20, "{}"],
          [10, 9, '{"frozen":1}'],
          [20, 18, '{"frozen":2}']
        ]
      )
    }).pipe(Effect.provide(house))
  )

  it.effect("refuse a statement that names what is no declared asset", () =>
    Effect.gen(function* () {
      yield* landed
      for (const sql of [
        "select * from _base.subject",
        "select * from _assay.made",
        "select id from core.a where id in (select id from core.b)",
        "from query_table('core.b')"
      ]) {
        const error = yield* Effect.flip(make(sql, ["core.a"]))
        assert.include(["asset.reads", "asset.contract"], "code" in error ? error.code : error._tag, sql)
      }
    }).pipe(Effect.provide(house))
  )
})
