import { mkdtempSync, readdirSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { Records } from "#core/records/Records.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { eraseRows } from "#privacy/consent/erasure/eraseRows.ts"
import { Passkeys } from "#privacy/consent/grant/Passkeys.ts"
import { bindSubjects } from "#privacy/consent/guard/bindSubjects.ts"
import { Guard } from "#privacy/consent/guard/Guard.ts"
import { consentMigrations } from "#privacy/consent/migrations.ts"
import { Affected } from "#privacy/consent/revocation/Affected.ts"
import { fence } from "#privacy/consent/revocation/fence.ts"
import { revocationMigrations } from "#privacy/consent/revocation/migrations.ts"
import { Revocations } from "#privacy/consent/revocation/Revocations.ts"
import { testHome } from "./consentLayer.ts"

/** A house on a disk, so that its files can be searched. */
const houseIn = (path: string) => {
  const records = Records.layer(join(path, "records.sqlite"), [
    ...logMigrations,
    ...consentMigrations,
    ...revocationMigrations
  ])
  const warehouse = Warehouse.layer({ path: join(path, "warehouse.duckdb"), spill: path, directories: [path] })
  const affected = Layer.succeed(Affected, Affected.of({ freeze: () => [] }))
  return Layer.mergeAll(Guard.layer, Revocations.layer).pipe(
    Layer.provideMerge(Consent.layer),
    Layer.provideMerge(Layer.mergeAll(Log.memory, affected, Passkeys.none, warehouse)),
    Layer.provideMerge(Layer.merge(records, Layer.succeed(Home, { ...testHome, path, tmp: path, shelf: path })))
  )
}

const secret = "zeuxippos-of-heraclea"

/** Raw rows, a made table, a table over two subjects, quarantine and a stage; the secret is one of forty subjects. */
const furnish = Effect.gen(function* () {
  const warehouse = yield* Warehouse
  yield* warehouse.script(`
    create table if not exists raw.quarantine (source varchar, stream varchar, bytes blob);
    create table if not exists _assay.failing (asset varchar, run varchar, check_name varchar, event_id uuid);
    insert into _assay.licence values (1, '{"licence":{"actions":["derive"],"purposes":["dpv:MarketResearch"],"recipients":["third-party"]},"categories":{}}')
  `)
  yield* warehouse.transaction((session) =>
    Effect.gen(function* () {
      const ids = `select case i when 7 then '${secret}' else 'subject ' || i end as id from range(40) r(i)`
      yield* bindSubjects(session, ids, "bound", { ordinal: 1, nbf: 0, exp: 4_000_000_000, evidence: 1 })
      yield* session.script(`
        create table raw.shop__orders as
          select id as customer, 'note about ' || id || ' number ' || n as note, uuid() as _event_id, lic as _lic, subj as _subj
          from bound, range(200) t(n);
        create table core.order as select customer as subject_id, note, _lic from raw.shop__orders;
        create table _stage.order__run as select * from core.order;
        insert into _assay.failing select 'core.order', 'run', 'check', _event_id from raw.shop__orders;
        insert into raw.quarantine values ('shop', 'orders', encode('broken line of ${secret}')), ('shop', 'orders', encode('other'));
        drop table bound
      `)
    })
  )
  yield* (yield* Guard).sync
})

const counts = Effect.gen(function* () {
  const [row] = yield* (yield* Warehouse).query<Record<string, number>>(`
    select (select count(*) from raw.shop__orders) as raw, (select count(*) from core.order) as core,
      (select count(*) from _stage.order__run) as stage, (select count(*) from _assay.failing) as failing,
      (select count(*) from raw.quarantine) as quarantine`)
  return row
})

const filesWith = (folder: string, text: string): ReadonlyArray<string> =>
  readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text))

describe("erasing a subject", () => {
  it.live("takes their rows out of every table and their name out of every file of the home", () => {
    const folder = mkdtempSync(join(tmpdir(), "assay-erase-"))
    const work = Effect.gen(function* () {
      yield* furnish
      const warehouse = yield* Warehouse
      yield* warehouse.run("checkpoint")
      assert.deepStrictEqual(yield* counts, { raw: 8000, core: 8000, stage: 8000, failing: 8000, quarantine: 2 })
      const subj = yield* (yield* Consent).subject(secret)
      yield* (yield* Revocations).erase(subj)
      const { rows, tables } = yield* eraseRows(subj)
      assert.deepStrictEqual([rows, tables], [801, 5])
      assert.deepStrictEqual(yield* counts, { raw: 7800, core: 7800, stage: 7800, failing: 7800, quarantine: 1 })
      yield* (yield* Records).vacuum
      assert.strictEqual((yield* Effect.flip((yield* Consent).subject(secret))).code, "subject.unknown")
    })
    return Effect.gen(function* () {
      yield* Effect.provide(work, houseIn(folder), { local: true })
      assert.deepStrictEqual(filesWith(folder, secret), [])
      assert.isAbove(filesWith(folder, "subject").length, 0)
    })
  })
})

describe("the fence", () => {
  it.live("lets a staged table pass until someone in it is frozen after the epoch of its reading", () =>
    Effect.gen(function* () {
      yield* furnish
      const warehouse = yield* Warehouse
      const consent = yield* Consent
      const revocations = yield* Revocations
      const epoch = yield* consent.epoch
      const staged = "_stage.order__run"
      yield* warehouse.script(
        "create table _stage.other as select * from _stage.order__run where subject_id <> 'subject 3'"
      )
      assert.isTrue(yield* fence(warehouse, staged, epoch))
      yield* revocations.revoke(yield* consent.subject("subject 3"))
      assert.isFalse(yield* fence(warehouse, staged, epoch))
      assert.isTrue(yield* fence(warehouse, "_stage.other", epoch))
      assert.isTrue(yield* fence(warehouse, staged, yield* consent.epoch))
    }).pipe(Effect.provide(Layer.suspend(() => houseIn(mkdtempSync(join(tmpdir(), "assay-fence-"))))))
  )
})
