import { Effect } from "effect"
import type { Params, Session } from "#core/warehouse/Session.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { AggregateShape } from "../aggregate/AggregatePlan.ts"
import { boundSubjects } from "./boundSubjects.ts"
import type { Contribution } from "./contributionSql.ts"
import { groupKeys } from "./groupKeys.ts"
import { keyOf } from "./keyedMix.ts"
import { passLayout } from "./passLayout.ts"
import { passSql } from "./passSql.ts"
import type { Slots } from "./subjectSlots.ts"

/**
 * From 4 rows of a subject in a group on average, adding them up in the engine first is cheaper than taking each: of rows that lie
 * scattered, one in fifty then has so many rows a pair, 0.08 / (1 - e^-0.08). Where they lie together it is more, which costs time, no figure.
 */
const WORTH_MERGING = 1.04
/** Names asked for in one statement. */
const NAMES = 50_000

/** A table whose groups have codes, ready to be streamed. */
export interface Pass {
  /** number of groups; codes are 0 .. groups - 1 */
  readonly groups: number
  /** per group its tuple of selected keys, 0 .. tuples - 1; absent without selected keys */
  readonly tupleOf?: Int32Array
  readonly tuples: number
  /**
   * Shows the bounded slots of every subject; the same ones each time.
   * @returns  false where two subjects went by one key, so that what was shown is void
   */
  stream(settle: (slots: Slots, filled: number) => void): Effect.Effect<boolean, WarehouseError>
  /** Per key the names of some groups, in their order. */
  names(of: ReadonlyArray<number>): Effect.Effect<ReadonlyArray<ReadonlyArray<string | number>>, WarehouseError>
  readonly close: Effect.Effect<void, WarehouseError>
}

/**
 * Codes the groups of a table in a temporary table of its connection, and opens a pass over its rows.
 * @param salt     what the choice of groups is drawn from
 * @param attempt  from 0; another where an attempt before it was void
 * @param most     bytes of rows held at once
 * @returns        undefined where two groups went by one key
 */
export const openPass = Effect.fnUntraced(function* (
  session: Session,
  shape: AggregateShape,
  contribution: Contribution,
  salt: string,
  attempt: number,
  most?: number
): Effect.fn.Return<Pass | undefined, WarehouseError> {
  const { keys, values } = contribution
  const selected = keys.filter((_, i) => shape.keys[i]!.domain === undefined)
  const sql = passSql(contribution, selected, attempt)
  const [sample] = yield* session.query<{ rows: number; pairs: number }>(sql.sample, contribution.params)
  const merged = sample!.rows > WORTH_MERGING * sample!.pairs
  if (merged) yield* session.run(sql.pairs, contribution.params)
  const own = merged ? {} : contribution.params
  const paramsOf = (text: string): Params => (text.includes("$salt") ? { ...own, salt } : own)
  const listed = sql.groups(merged)
  yield* session.run(listed, paramsOf(listed))
  const key = keyOf(salt)
  const groups = groupKeys(key)
  const tupleOf: Array<number> = []
  let [rows, tuples, unlike] = [0, 0, true]
  yield* session.stream(sql.read, {}, ({ length, columns: [ids, n, tuple] }) => {
    unlike &&= groups.take(ids as Int32Array, length)
    for (let row = 0; row < length; row++) {
      rows += n![row]!
      const its = tuple?.[row] ?? tupleOf.length
      if (selected.length === 0) continue
      tupleOf.push(its)
      tuples = Math.max(tuples, its + 1)
    }
  })
  if (!unlike) return undefined
  const layout = passLayout(values, rows, most)
  let told: number | undefined
  return {
    groups: groups.length,
    ...(selected.length === 0 ? {} : { tupleOf: Int32Array.from(tupleOf) }),
    tuples,
    stream: Effect.fnUntraced(function* (settle) {
      const { see, end } = boundSubjects({ ...layout, merged }, groups, shape.l0, key, settle)
      const statement = sql.stream(merged, layout)
      yield* session.stream(statement, paramsOf(statement), see)
      // The engine counts while the last subjects are told of.
      const [counted, seen] = yield* Effect.all(
        [
          told === undefined
            ? Effect.map(session.query<{ n: number }>(sql.subjects(merged), own), ([row]) => row!.n)
            : Effect.succeed(told),
          Effect.sync(end)
        ],
        { concurrency: "unbounded" }
      )
      told = counted
      return counted === seen
    }),
    names: Effect.fnUntraced(function* (of) {
      const names: ReadonlyArray<Array<string | number>> = keys.map(() => [])
      if (keys.length === 0) return names
      const placeOf = new Int32Array(groups.length)
      for (const [place, group] of of.entries()) placeOf[group] = place
      for (let from = 0; from < of.length; from += NAMES) {
        const found = yield* session.columns(sql.names, { some: of.slice(from, from + NAMES) })
        for (const [i, name] of keys.entries())
          for (let row = 0; row < found.length; row++)
            names[i]![placeOf[found.values["g"]![row] as number]!] = found.values[name]![row] as string | number
      }
      return names
    }),
    close: session.script(sql.drop)
  }
})
