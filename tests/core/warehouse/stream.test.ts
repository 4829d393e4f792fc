import { assert, layer } from "@effect/vitest"
import { Cause, Effect, Exit } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"

layer(Warehouse.memory)("a streamed result", (it) => {
  it.effect("comes in chunks of typed arrays, in its order, whole", () =>
    Effect.gen(function* () {
      const { stream } = yield* Warehouse
      let [next, sum, chunks] = [0, 0, 0]
      const rows = yield* stream(
        "select cast(i as integer) as a, cast(i as double) / $by as b from range(100001) t(i) order by i",
        { by: 4 },
        ({ length, columns: [a, b] }) => {
          assert.instanceOf(a, Int32Array)
          assert.instanceOf(b, Float64Array)
          chunks++
          for (let row = 0; row < length; row++) {
            assert.strictEqual(a[row], next++)
            sum += b[row]!
          }
        }
      )
      assert.deepStrictEqual([rows, next, sum], [100_001, 100_001, (100_000 * 100_001) / 8])
      assert.isAbove(chunks, 40)
      assert.strictEqual(yield* stream("select 1 as a where false", {}, () => assert.fail("no chunk is expected")), 0)
    })
  )

  it.effect("gives whole numbers of 64 bits as two words, and lists by their elements", () =>
    Effect.gen(function* () {
      const { stream } = yield* Warehouse
      const seen: Array<ReadonlyArray<number>> = []
      const sql = "select hash(i) as h, hash(i) >> 32 as high from range(3000) t(i)"
      yield* stream(sql, {}, ({ length, columns: [h, high] }) => {
        assert.strictEqual(h!.length, 2 * length)
        for (let row = 0; row < length; row++) assert.strictEqual(h![2 * row + 1]! >>> 0, high![2 * row]! >>> 0)
      })
      const lists = "select l from (values ([1, 2]), ([]), ([3]), (null::integer[])) t(l) where l is not null"
      yield* stream(lists, {}, ({ columns: [l] }) => void seen.push(Array.from(l!)))
      const long = "select list(cast(i as integer) order by i) as l from range(100000) t(i)"
      yield* stream(long, {}, ({ columns: [l] }) => void seen.push([l!.length, l![99_999]!]))
      assert.deepStrictEqual(seen, [
        [1, 2, 3],
        [100_000, 99_999]
      ])
      for (const bad of ["[1, null]", "null::integer[]", "['a']"])
        assert.isTrue(Exit.hasDies(yield* Effect.exit(stream(`select ${bad} as l`, {}, () => {}))), bad)
    })
  )

  it.effect("reads a null mask that has no null, and stops at one that has, or at another type, as a bug of ours", () =>
    Effect.gen(function* () {
      const { stream } = yield* Warehouse
      const masked = "select case when i % 7 = 9 then null else cast(i as integer) end as a from range(5000) t(i)"
      assert.strictEqual(yield* stream(masked, {}, () => {}), 5000)
      for (const place of [0, 63, 64, 2047, 2048, 4999]) {
        const sql = `select case when i <> ${place} then cast(i as integer) end as a from range(5000) t(i)`
        assert.isTrue(Exit.hasDies(yield* Effect.exit(stream(sql, {}, () => {}))), `${place}`)
      }
      assert.isTrue(Exit.hasDies(yield* Effect.exit(stream("select 'text' as a", {}, () => {}))))
    })
  )

  it.effect("gives back what the reader throws, and the connection goes on", () =>
    Effect.gen(function* () {
      const { transaction } = yield* Warehouse
      yield* transaction(
        Effect.fnUntraced(function* (session) {
          const bug = new RangeError("ours")
          const exit = yield* Effect.exit(
            session.stream("select cast(i as integer) as a from range(1000000) t(i)", {}, () => {
              throw bug
            })
          )
          assert.strictEqual(Exit.isFailure(exit) ? Cause.squash(exit.cause) : undefined, bug)
          assert.deepStrictEqual(yield* session.query("select 1 as one"), [{ one: 1 }])
        })
      )
    })
  )

  it.effect("fails without the engine's words where a row cannot be made", () =>
    Effect.gen(function* () {
      const { stream } = yield* Warehouse
      const sql = "select cast(t.x as integer) as a from (values ('1'), ('a secret')) t(x)"
      const error = yield* Effect.flip(stream(sql, {}, () => {}))
      assert.strictEqual(error.kind, "value")
      assert.notInclude(error.message, "secret")
    })
  )
})
