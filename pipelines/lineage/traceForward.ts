import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Session } from "#core/warehouse/Session.ts"
import type { AssetGraph } from "../engine/AssetGraph.ts"
import type { BoundAsset } from "./BoundAsset.ts"
import { provenanceSql } from "./provenanceSql.ts"

/** What was made from some events in one asset. */
export interface ForwardTrace {
  readonly asset: string
  /** Rows made from any of the events; absent where rows cannot be followed: then the asset as a whole may hold them. */
  readonly rows?: number
  /** The columns that name those rows, for the first of them; hidden keys are left out. */
  readonly keys: ReadonlyArray<Readonly<Record<string, unknown>>>
}

const mostKeys = 100

/** Follows raw events forward into every asset made from them, the sources themselves first. */
export const traceForward = Effect.fn("traceForward")(function* (
  session: Session,
  bound: ReadonlyMap<string, BoundAsset>,
  graph: AssetGraph,
  made: (key: string) => boolean,
  events: ReadonlyArray<string>
) {
  const found: Array<ForwardTrace> = []
  const touched = new Set<string>()
  for (const { key, kind, grain, deps } of graph.order) {
    if (!made(key) || (kind !== "source" && !deps.some((dep) => touched.has(dep)))) continue
    const { carries, columns } = bound.get(key)!
    const names = (grain.length > 0 ? grain : columns.map((column) => column.name)).filter((name) =>
      columns.some((column) => column.name === name && !column.name.startsWith("_"))
    )
    const shown = names.map((name) => `, ${quoteIdentifier(name)}`).join("")
    const sql = yield* Effect.result(provenanceSql(session, bound, key))
    if (sql._tag === "Failure") {
      if (sql.failure._tag !== "Refused") return yield* Effect.fail(sql.failure)
      touched.add(key)
      found.push({ asset: key, keys: [] })
      continue
    }
    const hit = carries
      ? "_event_id in (select unnest($events)::uuid)"
      : "list_has_any(_src, (select list(id::uuid) from (select unnest($events) as id)))"
    const rows = yield* session.query<Record<string, unknown>>(
      `select count(*) over () as _rows${shown} from (${sql.success}) as _traced where ${hit} limit ${mostKeys}`,
      { events }
    )
    if (rows.length === 0) continue
    touched.add(key)
    const keys = rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name]])))
    found.push({ asset: key, rows: Number(rows[0]!["_rows"]), keys })
  }
  return found
})
