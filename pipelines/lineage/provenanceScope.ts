import { Effect } from "effect"
import { Refused } from "#core/Refused.ts"
import type { Session } from "#core/warehouse/Session.ts"
import type { BoundAsset } from "./BoundAsset.ts"
import { parseStatement } from "./parseStatement.ts"
import { anyEvent, whichEvents } from "./Provenance.ts"
import type { ProvenanceScope } from "./provenanceTree.ts"
import type { Expression, QueryNode } from "./StatementTree.ts"

/** Equal rows become one; the expression says what it remembers. */
const distinctTemplate = (gathered: string): string =>
  `select * exclude (_src), ${gathered} as _src from (select 1) as _rows group by all`

/** Whether an id, or one of a list, is among those that the query around it calls `_touched`. */
const amongTemplate = "select _id in (select _touched._event_id from _touched)"
const withinTemplate = "select list_has_any(_list, (select list(_touched._event_id) from _touched))"

export interface ScopeOptions {
  /** Rows shall remember whether any touched event went into them, instead of which events did. */
  readonly touched?: boolean
  /** The statement is run once, and its rows kept with what they remember: then it may choose and draw as it likes. */
  readonly once?: boolean
}

/** The statements that lie between an asset and the events it is made from, parsed. */
export const provenanceScope = Effect.fn("provenanceScope")(function* (
  session: Session,
  bound: ReadonlyMap<string, BoundAsset>,
  key: string,
  { touched = false, once = false }: ScopeOptions = {}
) {
  const inlined = new Map<string, QueryNode>()
  const schemas = new Set<unknown>([...bound.keys()].map((name) => name.split(".")[0]))
  const parse = (sql: string) => parseStatement(session, sql, schemas)
  const waiting = [key]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const one = bound.get(next)
    if (one === undefined || one.carries || inlined.has(next)) continue
    if (one.edges !== undefined && next !== key) continue
    if (one.record === "source" || (one.record === "non_invertible" && !(once && next === key))) {
      return yield* chosen(key, next)
    }
    inlined.set(next, yield* parse(one.statement))
    waiting.push(...one.asset.deps)
  }
  const named = yield* aggregateNames(session)
  return {
    carries: (name) => bound.get(name)?.carries === true,
    edges: (name) => bound.get(name)?.edges,
    statement: (name) => inlined.get(name),
    isAggregate: (name) => named.has(name),
    provenance: touched ? yield* flags(parse) : whichEvents(yield* parse(distinctTemplate("flatten(list(_src))"))),
    once
  } satisfies ProvenanceScope as ProvenanceScope
})

type Parse = (sql: string) => ReturnType<typeof parseStatement>

const flags = Effect.fnUntraced(function* (parse: Parse) {
  const among = (yield* parse(amongTemplate)).select_list![0]!
  const within = (yield* parse(withinTemplate)).select_list![0]!
  return anyEvent(
    yield* parse(distinctTemplate("bool_or(_src)")),
    (id) => ({ ...among, child: id }) as Expression,
    (list) => ({ ...within, children: [list, ...within.children!.slice(1)] })
  )
})

/** They never change while an engine runs, and asking costs more than a trace. */
const known = new WeakMap<Session, ReadonlySet<string>>()

/** The names of aggregate functions. */
export const aggregateNames = Effect.fnUntraced(function* (session: Session) {
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
    message: `${key} cannot be traced row by row: ${at} chooses rows among others, and was made before their events were kept beside it.`,
    fix: `Make ${at} again, or let it select _event_id of the row that stands.`,
    where: { asset: at }
  })
