import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { AggregateShape } from "#privacy/dp/aggregate/AggregatePlan.ts"
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
const pairsChosen = Effect.fnUntraced(function* (salt: string) {
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
      const pass = yield* openPass(session, named, contributionSql(named, ["core", "visit"]), salt)
      const names = yield* pass.names(Array.from({ length: pass.groups }, (_, group) => group))
      const chosen = new Int32Array(SUBJECTS)
      yield* pass.stream((slots, filled) => {
        assert.strictEqual(filled, 2)
        const [a, b] = [0, 1].map((slot) => Number(names[0]![slots.group[slot]!])).sort((x, y) => x - y)
        chosen[slots.sum[0]!] = a! * GROUPS + b!
      })
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
      for (const salt of ["00", "01", "ff".repeat(16)]) {
        const chosen = Array.from(yield* pairsChosen(salt))
        assert.isAbove(
          chiSquareP(chosen, (pair) => expected.get(pair) ?? 0, GROUPS ** 2),
          1e-6
        )
      }
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
