import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { codedSample } from "#pricing/depth/codedSample.ts"
import { entropyOracle } from "#pricing/depth/entropyOracle.ts"
import { jointEntropy } from "#pricing/depth/jointEntropy.ts"

const seed = 7
const column = (name: string, measure = false) => ({ name, measure })

/** Entropies of several column sets of one relation. */
const entropies = (
  relation: string,
  columns: ReadonlyArray<{ name: string; measure: boolean }>,
  sets: ReadonlyArray<ReadonlyArray<string>>
) =>
  Effect.gen(function* () {
    const warehouse = yield* Warehouse
    return yield* warehouse.transaction((session: Session) =>
      Effect.gen(function* () {
        const sample = yield* codedSample(session, relation, columns, seed)
        const bits = yield* Effect.forEach(sets, (set) => jointEntropy(session, sample, set))
        return { sample, bits }
      })
    )
  }).pipe(Effect.provide(Warehouse.memory))

const people = `(select i, i % 4 as region, i % 4 as again, 'x' as same, hash(i) as token,
  case when i % 8 = 0 then null else 'c' || (i % 3) end as class, i * 1.5 as amount from range(4800) t(i))`

describe("jointEntropy", () => {
  it.effect("is exact on small tables, with null as a level of its own", () =>
    Effect.gen(function* () {
      const { bits } = yield* entropies(people, [column("region"), column("class")], [[], ["region"], ["class"]])
      expect(bits[0]).toBe(0)
      expect(bits[1]).toBe(2)
      const h = (...shares: ReadonlyArray<number>): number => shares.reduce((sum, p) => sum - p * Math.log2(p), 0)
      expect(bits[2]).toBeCloseTo(h(1 / 8, 7 / 24, 7 / 24, 7 / 24), 12)
    })
  )

  it.effect("gains exactly nothing from a duplicate, a constant or a random key", () =>
    Effect.gen(function* () {
      const columns = ["region", "class", "again", "same", "token", "i"].map((name) => column(name))
      const base = ["region", "class"]
      const { bits, sample } = yield* entropies(people, columns, [
        base,
        ...["again", "same", "token", "i"].map((more) => [...base, more])
      ])
      expect(new Set(bits).size).toBe(1)
      expect(sample.keyLike).toEqual(["token", "i"])
    })
  )

  it.effect("keeps a declared measure whose values all differ, in 16 equal bins", () =>
    Effect.gen(function* () {
      const { bits, sample } = yield* entropies(people, [column("amount", true)], [["amount"]])
      expect(sample.keyLike).toEqual([])
      expect(bits[0]).toBeCloseTo(4, 2)
    })
  )

  it.effect("keeps the 15 most frequent of many categories and merges the rest", () =>
    Effect.gen(function* () {
      // 15 categories of 100 rows and 40 of 10: the rest weighs 400 of 1900.
      const table = `(select 'big' || (i % 15) as name from range(1500) t(i)
        union all select 'small' || (i % 40) from range(400) t(i))`
      const { bits } = yield* entropies(table, [column("name")], [["name"]])
      const [big, rest] = [100 / 1900, 400 / 1900]
      expect(bits[0]).toBeCloseTo(-15 * big * Math.log2(big) - rest * Math.log2(rest), 12)
    })
  )

  it.effect("gives nulls a level of their own among many values, without a seventeenth", () =>
    Effect.gen(function* () {
      const table = `(select case when i % 2 = 0 then null else i end as v,
        case when i % 2 = 0 then null else 'c' || (i % 201) end as name from range(30000) t(i))`
      const { bits } = yield* entropies(table, [column("v", true), column("name")], [["v"], ["name"]])
      // Half the rows are null, the other half lie in 15 equal bins.
      expect(bits[0]).toBeCloseTo(1 + Math.log2(15) / 2, 2)
      // 201 odd residues weigh about the same: 14 stay, the rest is one level.
      const [kept, rest] = [1 / 402, 0.5 - 14 / 402]
      expect(bits[1]).toBeCloseTo(0.5 - 14 * kept * Math.log2(kept) - rest * Math.log2(rest), 2)
    })
  )

  it.effect("gives equal values one bin, however many there are of them", () =>
    Effect.gen(function* () {
      const table = "(select case when i < 5000 then 0 else i end as v from range(10000) t(i))"
      const { bits } = yield* entropies(table, [column("v", true)], [["v"]])
      expect(bits[0]).toBeGreaterThan(2.4)
      expect(bits[0]).toBeLessThan(2.6)
    })
  )

  it.effect("is 0 for an empty table", () =>
    Effect.gen(function* () {
      const { bits } = yield* entropies("(select 1 as a where false)", [column("a")], [["a"]])
      expect(bits).toEqual([0])
    })
  )

  it.effect("takes the same sample again, bit for bit", () =>
    Effect.gen(function* () {
      const table = "(select hash(i) % 13 as a, hash(i, 1) % 11 as b from range(200000) t(i))"
      const ask = entropies(table, [column("a"), column("b")], [["a"], ["a", "b"]])
      expect(yield* ask).toEqual(yield* ask)
    })
  )

  it.effect("lies within 0.05 bit of the exact entropy of tables with at most 4,096 cells", () =>
    // The sample's bias is at most 4095 / (2 ln 2 2^16) = 0.045 bit and its standard error below 0.01; it is seeded, so no false alarms.
    Effect.gen(function* () {
      const bits = seededBits("cells")
      for (let trial = 0; trial < 6; trial++) {
        const cards = Array.from({ length: 3 }, () => 2 + (bits.u32() % 15))
        const skew = 1 + (bits.u32() % 3)
        const columns = cards.map(
          (n, i) => `floor(${n} * pow((hash(i, ${trial}, ${i}) % 1000003) / 1000003, ${skew}))::int as c${i}`
        )
        const table = `(select ${columns.join(", ")} from range(400000) t(i))`
        const names = cards.map((_, i) => `c${i}`)
        const sampled = yield* entropies(
          table,
          names.map((name) => column(name)),
          [names]
        )
        const exact = yield* Effect.gen(function* () {
          const rows = yield* (yield* Warehouse).query<{ bits: number }>(
            `select log2(400000) - sum(n * log2(n)) / 400000 as bits
             from (select count(*) as n from ${table} group by ${names.join(", ")})`
          )
          return rows[0]!.bits
        }).pipe(Effect.provide(Warehouse.memory))
        expect(Math.abs(sampled.bits[0]! - exact)).toBeLessThan(0.05)
      }
    })
  )

  it.effect("is monotone and submodular over the sets of one sample", () =>
    Effect.gen(function* () {
      const table = `(select hash(i) % 5 as a, hash(i) % 7 as b, hash(i, 1) % 3 as c, i % 11 as d from range(3000) t(i))`
      const all = ["a", "b", "c", "d"]
      const sets = Array.from({ length: 16 }, (_, mask) => all.filter((_, i) => (mask >> i) & 1))
      const { bits } = yield* entropies(
        table,
        all.map((name) => column(name)),
        sets
      )
      for (let s = 0; s < 16; s++) {
        for (let t = 0; t < 16; t++) {
          expect(bits[s | t]!).toBeGreaterThanOrEqual(bits[s]! - 1e-12)
          expect(bits[s]! + bits[t]!).toBeGreaterThanOrEqual(bits[s | t]! + bits[s & t]! - 1e-9)
        }
      }
    })
  )

  it.effect("is answered once per set by an oracle, and not asked once every row stands alone", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      const table = "(select i % 16 as a, (i // 16) % 16 as b, i // 256 as c, i % 7 as d from range(4096) t(i))"
      const names = ["a", "b", "c", "d"]
      yield* warehouse.transaction((session: Session) =>
        Effect.gen(function* () {
          const columns = names.map((name) => column(name))
          const sample = yield* codedSample(session, table, columns, 1)
          let asked = 0
          const counting: Session = {
            ...session,
            query: (sql, params) => {
              asked++
              return session.query(sql, params)
            }
          }
          const entropy = entropyOracle(counting, sample)
          expect(yield* entropy(["a", "b"])).toBe(8)
          expect(yield* entropy(["b", "a"])).toBe(8)
          expect(asked).toBe(1)
          expect(yield* entropy(["a", "b", "c"])).toBe(12)
          expect(yield* entropy(names)).toBe(12)
          expect(asked).toBe(2)
          expect(yield* jointEntropy(session, sample, names)).toBeCloseTo(12, 9)
        })
      )
    }).pipe(Effect.provide(Warehouse.memory))
  )
})
