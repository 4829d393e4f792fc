import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { quoteKey } from "../engine/madeTable.ts"
import type { BoundAsset } from "./BoundAsset.ts"
import { parseStatement } from "./parseStatement.ts"
import { printStatement } from "./printStatement.ts"
import { provenanceScope } from "./provenanceScope.ts"
import { recomputeTree } from "./recomputeTree.ts"
import type { QueryNode } from "./StatementTree.ts"
import { traceBack } from "./traceBack.ts"

const chance = /\b(?:random|uuid\w*|nextval|sample|tablesample)\b/i

/** How many rows of a sample came out as they are stored, when made again from nothing but their traced events. */
export interface Recomputed {
  readonly asset: string
  readonly sampled: number
  readonly events: number
  /** Rows that came out differently: the trace or the stored row is wrong. */
  readonly different: number
}

/**
 * The self-check of record lineage: samples rows, traces each back, runs the asset's statement on the traced events alone and compares.
 * Columns that hold sums of fractions may differ in the last digits, so they are compared to nine.
 *
 * @param by  the columns that name a row
 */
export const recomputeFromEvents = Effect.fn("recomputeFromEvents")(function* (
  session: Session,
  bound: ReadonlyMap<string, BoundAsset>,
  key: string,
  by: ReadonlyArray<string>,
  rows: number
) {
  const { columns, carries, statement } = bound.get(key)!
  // What chance took comes out differently each time.
  if (carries || by.length === 0 || chance.test(statement))
    return { asset: key, sampled: 0, events: 0, different: 0 } satisfies Recomputed as Recomputed
  const scope = yield* provenanceScope(session, bound, key, { once: true })
  const narrowed = new Map<string, QueryNode>()
  for (const [name, one] of bound) {
    if (!one.carries && one.edges === undefined) continue
    const sql = one.carries
      ? `select * from ${quoteKey(name)} where _event_id in (select unnest($events)::uuid)`
      : `select * exclude (_src) from ${quoteKey(one.edges!)} where list_has_all(list_transform($events, x -> x::uuid), _src)`
    narrowed.set(name, yield* parseStatement(session, sql, new Set()))
  }
  const tree = recomputeTree(scope.statement(key)!, { ...scope, carries: (name) => narrowed.has(name) }, (name) =>
    narrowed.get(name)!
  )
  const again = yield* printStatement(session, tree)
  const names = by.map((name) => quoteIdentifier(name)).join(", ")
  const texts = by.map((name) => `${quoteIdentifier(name)}::varchar as ${quoteIdentifier(name)}`).join(", ")
  const sample = yield* session.query<Record<string, string | null>>(
    `select ${texts} from ${quoteKey(key)} order by hash(${names}), ${names} limit ${Math.trunc(rows)}`
  )
  // Licences are settled over all that an asset holds, not row by row.
  const seen = columns.filter(({ name }) => !name.startsWith("_"))
  let [events, different] = [0, 0]
  for (const row of sample) {
    const where = Object.fromEntries(by.map((name) => [name, row[name] ?? ""]))
    const trace = yield* traceBack(session, bound, key, where)
    events += trace.events.length
    const same = by.map((name, i) =>
      row[name] === null ? `${quoteIdentifier(name)} is null` : `${quoteIdentifier(name)}::varchar = $k${i}`
    )
    const params = Object.fromEntries(by.flatMap((name, i) => (row[name] === null ? [] : [[`k${i}`, row[name]!]])))
    const shown = seen.map(({ name, type }) =>
      /^(?:DOUBLE|FLOAT)$/.test(type) ? `printf('%.9g', ${quoteIdentifier(name)})` : quoteIdentifier(name)
    )
    const pick = (from: string): string => `select ${shown.join(", ")} from ${from} where ${same.join(" and ")}`
    const [found] = yield* session.query<{ n: number }>(
      `with stored as (${pick(quoteKey(key))}), again as (${pick(`(${again}) as _again`)})
       select (select count(*) from (from stored except all from again)) + (select count(*) from (from again except all from stored)) as n`,
      { ...params, events: trace.events }
    )
    if (found!.n !== 0) different++
  }
  return { asset: key, sampled: sample.length, events, different } satisfies Recomputed as Recomputed
})
