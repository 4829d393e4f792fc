import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Params, Session } from "#core/warehouse/Session.ts"
import type { AssetGraph } from "../engine/AssetGraph.ts"
import { quoteKey } from "../engine/madeTable.ts"
import type { BoundAsset } from "./BoundAsset.ts"
import { keyColumns, keyTest } from "./keyTest.ts"
import { narrowed } from "./narrowed.ts"
import { parseStatement } from "./parseStatement.ts"
import { printStatement } from "./printStatement.ts"
import { provenanceSql } from "./provenanceSql.ts"
import type { QueryNode } from "./StatementTree.ts"

/** What was made from some events in one asset. */
export interface ForwardTrace {
  readonly asset: string
  /** Rows made from any of the events; absent where rows cannot be followed: then the asset as a whole may hold them. */
  readonly rows?: number
  /** The columns that name those rows, for the first of them; hidden keys are left out. */
  readonly keys: ReadonlyArray<Readonly<Record<string, unknown>>>
}

const mostKeys = 100
const touched = "with _touched as materialized (select unnest($events)::uuid as _event_id)"

/** Exactly the rows of an asset that owe something to the events, as a query below `touched`. */
interface Concerned {
  readonly sql: string
  readonly params: Params
}

/**
 * Follows raw events forward into every asset made from them, the sources themselves first. Where a statement is plain, it is asked with one
 * input narrowed to its concerned rows; where that does not settle it, it narrows the exact provenance of the asset, which decides.
 */
export const traceForward = Effect.fn("traceForward")(function* (
  session: Session,
  bound: ReadonlyMap<string, BoundAsset>,
  graph: AssetGraph,
  made: (key: string) => boolean,
  events: ReadonlyArray<string>
) {
  const found: Array<ForwardTrace> = []
  /** What was reached; undefined where rows cannot be followed. */
  const reached = new Map<string, Concerned | undefined>()
  for (const [at, { key, kind, grain, deps }] of graph.order.entries()) {
    if (!made(key) || (kind !== "source" && !deps.some((dep) => reached.has(dep)))) continue
    const asset = bound.get(key)!
    const concerned = yield* Effect.result(concernedRows(session, bound, asset, reached, { events, label: `c${at}` }))
    if (concerned._tag === "Failure") {
      if (concerned.failure._tag !== "Refused") return yield* Effect.fail(concerned.failure)
      reached.set(key, undefined)
      found.push({ asset: key, keys: [] })
      continue
    }
    const { sql, params } = concerned.success
    const names = (grain.length > 0 ? grain : asset.columns.map((column) => column.name)).filter((name) =>
      asset.columns.some((column) => column.name === name && !column.name.startsWith("_"))
    )
    const shown = names.map((name) => `, ${quoteIdentifier(name)}`).join("")
    const hits = yield* session.query<Record<string, unknown>>(
      `${touched} select count(*) over () as _rows${shown} from (${sql}) as _rows limit ${mostKeys}`,
      { ...params, events }
    )
    if (hits.length === 0) continue
    const keys = hits.map((row) => Object.fromEntries(names.map((name) => [name, row[name]])))
    found.push({ asset: key, rows: Number(hits[0]!["_rows"]), keys })
    reached.set(key, concerned.success)
  }
  return found
})

const concernedRows = Effect.fnUntraced(function* (
  session: Session,
  bound: ReadonlyMap<string, BoundAsset>,
  asset: BoundAsset,
  reached: ReadonlyMap<string, Concerned | undefined>,
  { events, label }: { readonly events: ReadonlyArray<string>; readonly label: string }
) {
  const { key } = asset.asset
  const exact = yield* provenanceSql(session, bound, key, { touched: true })
  const all: Concerned = { sql: `select * exclude (_src) from (${exact}) as _traced where _src`, params: {} }
  if (asset.carries || asset.edges !== undefined) return all
  const inputs = new Map([...reached].filter(([dep]) => asset.asset.deps.includes(dep)))
  if ([...inputs.values()].includes(undefined)) return all
  const parts = yield* narrowedStatements(session, bound, asset, inputs as ReadonlyMap<string, Concerned>)
  if (parts.length === 0) return all
  const params: Params = Object.assign({}, ...[...inputs.values()].map((one) => one!.params)) as Params
  if (parts.length === 1 && asset.record === "row_preserving") return { sql: parts[0]!.sql, params }
  const test = yield* keyTest(
    session,
    asset,
    label,
    `${touched} ${parts.map(({ sql }) => sql).join(" union all by name ")}`,
    {
      ...params,
      events
    }
  )
  if (test === undefined) return all
  return parts.length === 1 && parts[0]!.groups === keyColumns(asset).length
    ? { sql: `select * from ${quoteKey(key)} where ${test.sql}`, params: test.params }
    : { sql: `${all.sql} and ${test.sql}`, params: test.params }
})

/** The statement with each of its concerned inputs narrowed in turn; empty where that says too little. */
const narrowedStatements = Effect.fnUntraced(function* (
  session: Session,
  bound: ReadonlyMap<string, BoundAsset>,
  asset: BoundAsset,
  inputs: ReadonlyMap<string, Concerned>
) {
  const schemas = new Set<unknown>([...bound.keys()].map((name) => name.split(".")[0]))
  const marked = new Map<string, QueryNode>()
  // Parameters cannot be serialised, so a name stands for the concerned rows until the statement is printed.
  const mark = (dep: string): string => quoteIdentifier(`_rows of ${dep}`)
  for (const dep of inputs.keys())
    marked.set(dep, yield* parseStatement(session, `select * from ${mark(dep)}`, new Set()))
  const statements = narrowed(yield* parseStatement(session, asset.statement, schemas), (dep) => marked.get(dep)) ?? []
  return yield* Effect.forEach(statements, (node) =>
    Effect.map(printStatement(session, node), (printed) => ({
      sql: [...inputs].reduce(
        (sql, [dep, rows]) => sql.replaceAll(mark(dep), () => `(${rows.sql})`),
        `select * from (${printed})`
      ),
      groups: groupsOf(node, asset)
    }))
  )
})

/** How many expressions a statement groups by; those of GROUP BY ALL are the columns that fold nothing. */
function groupsOf(
  { aggregate_handling, group_expressions = [], modifiers, type }: QueryNode,
  { columns, lineage }: BoundAsset
): number {
  if (type !== "SELECT_NODE" || modifiers.length > 0) return -1
  if (aggregate_handling !== "FORCE_AGGREGATES") return group_expressions.length
  const folds = ({ name }: { readonly name: string }): boolean => {
    const ways = Object.values(lineage.columns[name]?.direct ?? {})
    return ways.length === 0 || ways.includes("AGGREGATION")
  }
  return columns.filter((column) => !folds(column)).length
}
