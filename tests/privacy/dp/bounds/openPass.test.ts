import { assert, layer } from "@effect/vitest"
import { Effect, Exit } from "effect"
import type { Session } from "#core/warehouse/Session.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { AggregateShape } from "#privacy/dp/aggregate/AggregatePlan.ts"
import { boundedGroups } from "#privacy/dp/aggregate/boundedGroups.ts"
import { contributionSql } from "#privacy/dp/bounds/contributionSql.ts"
import { openPass } from "#privacy/dp/bounds/openPass.ts"
import { chiSquareP } from "../sampler/chiSquare.ts"

const SUBJECTS = 30_000
const GROUPS = 6

const shape: AggregateShape = {
  asset: "core.visit",
  keys: [{ name: "place", source: { column: "place", columnType: "VARCHAR", type: "VARCHAR" } }],
  measures: [],
  l0: 2,
  minSubjects: 1,
  epsilon: 1,
  delta: 1e-6
}

/** The pair of groups that each subject counts in, as one number, in the order of subjects' names. */
const pairsChosen = Effect.fnUntraced(function* (salt: string, attempt = 0, most?: number) {
  const { transaction } = yield* Warehouse
  return yield* transaction(
    Effect.fnUntraced(function* (session) {
      // The only value is the subject's own number: the pass itself knows nobody's name.
      const named: AggregateShape = {
        ...shape,
        measures: [
          {
            name: "who",
            kind: "sum",
            column: "number",
            columnType: "INTEGER",
            lower: 0,
            upper: SUBJECTS,
            step: 1,
            restrictCurrency: false,
            weight: 1,
            linf: SUBJECTS
          }
        ]
      }
      const pass = (yield* openPass(session, named, contributionSql(named, ["core", "visit"]), salt, attempt, most))!
      const names = yield* pass.names(Array.from({ length: pass.groups }, (_, group) => group))
      const chosen = new Int32Array(SUBJECTS)
      const valid = yield* pass.stream((slots, filled) => {
        assert.strictEqual(filled, 2)
        const [a, b] = [0, 1].map((slot) => Number(names[0]![slots.group[slot]!])).sort((x, y) => x - y)
        chosen[slots.sum[0]!] = a! * GROUPS + b!
      })
      assert.isTrue(valid)
      yield* pass.close
      return chosen
    })
  )
})

layer(Warehouse.memory)("which groups of a subject count (seeded; p > 1e-6 over salts)", (it) => {
  const fill = Effect.gen(function* () {
    const { script } = yield* Warehouse
    yield* script(`create or replace table core.visit as
      select 'subject ' || (i // ${GROUPS}) as subject_id, cast(i % ${GROUPS} as varchar) as place, cast(i // ${GROUPS} as integer) as number
      from range(${SUBJECTS * GROUPS}) t(i)`)
  })
  const expected = new Map<number, number>()
  for (let a = 0; a < GROUPS; a++) for (let b = a + 1; b < GROUPS; b++) expected.set(a * GROUPS + b, 1 / 15)

  it.effect("is every subset as often", () =>
    Effect.gen(function* () {
      yield* fill
      for (const [attempt, salt] of ["00", "01", "ff".repeat(16)].entries()) {
        const chosen = Array.from(yield* pairsChosen(salt, attempt))
        assert.isAbove(
          chiSquareP(chosen, (pair) => expected.get(pair) ?? 0, GROUPS ** 2),
          1e-6
        )
      }
    })
  )

  it.effect("is the same where the table is too large to be held, and comes in the engine's order", () =>
    Effect.gen(function* () {
      yield* fill
      const held = yield* pairsChosen("large")
      assert.deepStrictEqual(yield* pairsChosen("large", 0, 100_000), held)
      assert.deepStrictEqual(yield* pairsChosen("large", 0, 1), held)
    })
  )

  it.effect("tells nothing about another subject's, nor about the same subject's in another release", () =>
    Effect.gen(function* () {
      yield* fill
      const [first, second] = [yield* pairsChosen("one"), yield* pairsChosen("two")]
      const agreement = (a: Int32Array, b: Int32Array, shift: number): number => {
        let same = 0
        for (let i = 0; i < SUBJECTS; i++) if (a[i] === b[(i + shift) % SUBJECTS]) same++
        return same
      }
      // Binomial with 1 in 15: sd 43; five of them are passed with a chance below 1e-6.
      const spread = 5 * Math.sqrt(SUBJECTS * (1 / 15) * (14 / 15))
      for (const shift of [1, 2, 64, 1024])
        assert.closeTo(agreement(first, first, shift), SUBJECTS / 15, spread, `shift ${shift}`)
      assert.closeTo(agreement(first, second, 0), SUBJECTS / 15, spread)
      assert.strictEqual(agreement(first, yield* pairsChosen("one"), 0), SUBJECTS)
    })
  )
})

layer(Warehouse.memory)("names that somebody picked so that the engine's hash of two of them is one", (it) => {
  const table = Effect.flatMap(Warehouse, ({ script }) =>
    script(`create or replace table core.visit as
      select 's' || (i % 400) as subject_id, 'place ' || (i % 7) as place, cast(i % 100 as integer) as number from range(20000) t(i)`)
  )
  const one: AggregateShape = { ...shape, l0: 7, measures: [] }
  /** Rows by group, over an engine whose plain hash is worse than it is. */
  const groupsOver = (worse: (sql: string) => string) =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      const misled = (session: Session): Session => ({
        ...session,
        run: (sql, params) => session.run(worse(sql), params),
        stream: (sql, params, see) => session.stream(worse(sql), params, see)
      })
      const over = Warehouse.of({
        ...warehouse,
        transaction: (body) => warehouse.transaction((session) => body(misled(session)))
      })
      const { keys, subjects } = yield* Effect.provideService(
        boundedGroups(one, ["core", "visit"], "salt"),
        Warehouse,
        over
      )
      return keys[0]!.map((name, i) => [name, subjects[i]]).sort()
    })
  const plain = (name: string) => (sql: string) => sql.replaceAll(`hash(${name})`, `hash(${name}) % 5`)

  it.effect("are told apart by another key", () =>
    Effect.gen(function* () {
      yield* table
      const expected = yield* groupsOver((sql) => sql)
      assert.deepStrictEqual(expected[0], ["place 0", 400])
      assert.deepStrictEqual(yield* groupsOver(plain("s")), expected)
      assert.deepStrictEqual(yield* groupsOver(plain("k0")), expected)
    })
  )

  it.effect("stop the release where no key tells them apart", () =>
    Effect.gen(function* () {
      yield* table
      const exit = yield* Effect.exit(
        groupsOver((sql) => sql.replaceAll(/hash\((sha256\(.*?\)\)|s)\) as s/g, "hash(1) as s"))
      )
      assert.isTrue(Exit.hasDies(exit))
    })
  )
})
