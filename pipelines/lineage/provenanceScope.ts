import { Effect } from "effect"
import { Refused } from "#core/Refused.ts"
import type { Session } from "#core/warehouse/Session.ts"
import type { BoundAsset } from "./BoundAsset.ts"
import { parseStatement } from "./parseStatement.ts"
import type { ProvenanceScope } from "./provenanceTree.ts"
import type { QueryNode } from "./StatementTree.ts"

const distinctTemplate = "select * exclude (_src), flatten(list(_src)) as _src from (select 1) as _rows group by all"

/** The statements that lie between an asset and the events it is made from, parsed. */
export const provenanceScope = Effect.fn("provenanceScope")(function* (
  session: Session,
  bound: ReadonlyMap<string, BoundAsset>,
  key: string
) {
  const inlined = new Map<string, QueryNode>()
  const schemas = new Set<unknown>([...bound.keys()].map((name) => name.split(".")[0]))
  const waiting = [key]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const one = bound.get(next)
    if (one === undefined || one.carries || inlined.has(next)) continue
    if (one.record === "non_invertible") return yield* chosen(key, next)
    if (one.record === "source") return yield* chosen(key, next)
    inlined.set(next, yield* parseStatement(session, one.statement, schemas))
    waiting.push(...one.asset.deps)
  }
  const named = yield* aggregateNames(session)
  const distinct = yield* parseStatement(session, distinctTemplate, schemas)
  return {
    carries: (name) => bound.get(name)?.carries === true,
    statement: (name) => inlined.get(name),
    isAggregate: (name) => named.has(name),
    distinct
  } satisfies ProvenanceScope as ProvenanceScope
})

/** They never change while an engine runs, and asking costs more than a trace. */
const known = new WeakMap<Session, ReadonlySet<string>>()

const aggregateNames = Effect.fnUntraced(function* (session: Session) {
  const before = known.get(session)
  if (before !== undefined) return before
  const rows = yield* session.query<{ name: string }>(
    "select distinct function_name as name from duckdb_functions() where function_type = 'aggregate'"
  )
  const names: ReadonlySet<string> = new Set(rows.map(({ name }) => name))
  known.set(session, names)
  return names
})

const chosen = (key: string, at: string): Refused =>
  new Refused({
    code: "trace.choice",
    message: `${key} cannot be traced row by row: ${at} chooses rows among others and does not carry their _event_id.`,
    fix: `Let ${at} select _event_id of the row that stands.`,
    where: { asset: at }
  })
