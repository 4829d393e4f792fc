import { createHash } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { appendLeaf, emptyFrontier, leafHash, rootOf } from "#core/log/merkle.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { bindingRoot } from "#privacy/consent/guard/bindingRoot.ts"

const landed = (rows: number) =>
  Effect.flatMap(Warehouse, (warehouse) =>
    warehouse.script(
      `create or replace table raw.t as select md5(i::varchar)::uuid as _event_id, (i % 7)::uinteger as _lic, (i % 5)::uinteger as _subj, 'b' as _batch from range(${rows}) r(i)`
    )
  )
const root = (rows: number) => Effect.flatMap(Warehouse, (warehouse) => bindingRoot(warehouse, "raw.t", "b", rows))

describe("bindingRoot", () => {
  it.effect("is the Merkle root over the sorted lines of records whose event ids begin alike", () =>
    Effect.gen(function* () {
      yield* landed(1000)
      const warehouse = yield* Warehouse
      const lines = (yield* warehouse.query<{ id: string; _lic: number; _subj: number }>(
        "select _event_id::varchar as id, _lic, _subj from raw.t"
      ))
        .map(({ id, _lic, _subj }) => `${id}:${_lic}:${_subj}`)
        .sort()
      const leaves = Map.groupBy(lines, (line) => line[0]!)
      let frontier = emptyFrontier
      for (const leaf of leaves.values())
        frontier = appendLeaf(frontier, leafHash(createHash("sha256").update(leaf.join("\n")).digest()))
      assert.strictEqual(yield* root(1000), Buffer.from(rootOf(frontier)).toString("hex"))
    }).pipe(Effect.provide(Warehouse.memory))
  )

  it.effect("changes when one record is put under another licence, subject or id, or is left out", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      yield* landed(600)
      const before = yield* root(600)
      assert.strictEqual(yield* root(600), before)
      for (const change of [
        "update raw.t set _lic = 99 where _event_id = md5('5')::uuid",
        "update raw.t set _subj = 99 where _event_id = md5('5')::uuid",
        "update raw.t set _event_id = md5('x')::uuid where _event_id = md5('5')::uuid",
        "delete from raw.t where _event_id = md5('5')::uuid"
      ]) {
        yield* landed(600)
        yield* warehouse.run(change)
        assert.notStrictEqual(yield* root(600), before, change)
      }
    }).pipe(Effect.provide(Warehouse.memory))
  )
})
