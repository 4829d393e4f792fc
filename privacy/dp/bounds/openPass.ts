import { Effect } from "effect"
import type { Session } from "#core/warehouse/Session.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { AggregateShape } from "../aggregate/AggregatePlan.ts"
import { boundSubjects } from "./boundSubjects.ts"
import type { Slots } from "./boundSubjects.ts"
import type { Contribution } from "./contributionSql.ts"
import { passSql } from "./passSql.ts"

/**
 * From 2.5 rows of a subject in a group on average, adding them up in the engine first is cheaper than ordering all: of rows that lie
 * scattered, one in fifty then has so many rows a pair, 0.05 / (1 - e^-0.05). Where they lie together it is more, which costs time, no figure.
 */
const WORTH_MERGING = 1.025
/** Names asked for in one statement. */
const NAMES = 50_000

/** A table whose subjects and groups have codes, ready to be streamed. */
export interface Pass {
  /** number of groups; codes are 0 .. groups - 1 */
  readonly groups: number
  /** per group its tuple of selected keys, 0 .. tuples - 1; absent without selected keys */
  readonly tupleOf?: Int32Array
  readonly tuples: number
  /** Shows the bounded slots of every subject; the same ones each time. */
  stream(settle: (slots: Slots, filled: number) => void): Effect.Effect<void, WarehouseError>
  /** Per key the names of some groups, in their order. */
  names(of: ReadonlyArray<number>): Effect.Effect<ReadonlyArray<ReadonlyArray<string | number>>, WarehouseError>
  readonly close: Effect.Effect<void, WarehouseError>
}

/**
 * Codes the subjects and groups of a table in temporary tables of its connection.
 * @param salt  what the choice of groups is drawn from
 */
export const openPass = Effect.fnUntraced(function* (
  session: Session,
  shape: AggregateShape,
  contribution: Contribution,
  salt: string
): Effect.fn.Return<Pass, WarehouseError> {
  const { keys, params, values } = contribution
  const selected = keys.filter((_, i) => shape.keys[i]!.domain === undefined)
  const sql = passSql(contribution, selected)
  const [sample] = yield* session.query<{ rows: number; pairs: number }>(sql.sample, params)
  const merged = sample!.rows > WORTH_MERGING * sample!.pairs
  const own = merged ? {} : params
  if (merged) yield* session.run(sql.pairs, params)
  let groups = 1
  if (keys.length > 0) {
    const [made] = yield* session.query<{ Count: number }>(sql.groups(merged), { ...own, salt })
    groups = made!.Count
  }
  const tuples = yield* readTuples(session, sql.tuples, groups, selected.length, keys.length)
  return {
    groups,
    ...tuples,
    stream: Effect.fnUntraced(function* (settle) {
      const subjects = boundSubjects({ values, merged }, groups, shape.l0, settle)
      yield* session.stream(sql.stream(merged), { ...own, salt }, subjects.see)
      subjects.end()
    }),
    names: Effect.fnUntraced(function* (of) {
      const names: ReadonlyArray<Array<string | number>> = keys.map(() => [])
      if (keys.length === 0) return names
      const placeOf = new Int32Array(groups)
      for (const [place, group] of of.entries()) placeOf[group] = place
      for (let from = 0; from < of.length; from += NAMES) {
        const found = yield* session.columns(sql.names, { some: of.slice(from, from + NAMES) })
        for (const [i, key] of keys.entries())
          for (let row = 0; row < found.length; row++)
            names[i]![placeOf[found.values["g"]![row] as number]!] = found.values[key]![row] as string | number
      }
      return names
    }),
    close: session.script(sql.drop)
  }
})

/** All keys selected: a group is its tuple. */
const readTuples = Effect.fnUntraced(function* (
  session: Session,
  sql: string,
  groups: number,
  selected: number,
  keys: number
) {
  if (selected === 0) return { tuples: 0 }
  const tupleOf = Int32Array.from({ length: groups }, (_, group) => group)
  if (selected === keys) return { tupleOf, tuples: groups }
  let tuples = 0
  yield* session.stream(sql, {}, ({ length, columns: [group, tuple] }) => {
    for (let row = 0; row < length; row++) {
      tupleOf[group![row]!] = tuple![row]!
      tuples = Math.max(tuples, tuple![row]! + 1)
    }
  })
  return { tupleOf, tuples }
})
