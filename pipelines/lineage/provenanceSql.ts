import { Effect } from "effect"
import { Refused } from "#core/Refused.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { quoteKey } from "../engine/madeTable.ts"
import type { BoundAsset } from "./BoundAsset.ts"
import { NotTraceable } from "./NotTraceable.ts"
import { provenanceTree } from "./provenanceTree.ts"
import { provenanceScope } from "./provenanceScope.ts"
import type { ScopeOptions } from "./provenanceScope.ts"
import { printStatement } from "./printStatement.ts"

/**
 * A query of an asset's rows with the list of their raw events in `_src`. Where each row is an event, or its events were stored with it, it
 * reads the asset itself; else it replays the statement, through every asset between it and the next one that carries events. With `touched`
 * it has a flag in `_src` and stands in a query that begins `with _touched as (…)`.
 *
 * @throws Refused where rows cannot be followed: across noise, or where the choice of rows depends on others
 */
export const provenanceSql = Effect.fn("provenanceSql")(function* (
  session: Session,
  bound: ReadonlyMap<string, BoundAsset>,
  key: string,
  options: ScopeOptions = {}
) {
  const { record, carries, edges, problem } = bound.get(key)!
  if (problem !== undefined) return yield* problem
  if (carries) return `select *, ${options.touched ? touchedId : "[_event_id]"} as _src from ${quoteKey(key)}`
  if (record === "barrier") return yield* beyond(key)
  if (edges !== undefined && options.once !== true) {
    return `select * ${options.touched ? `replace (${touchedList} as _src) ` : ""}from ${quoteKey(edges)}`
  }
  const scope = yield* provenanceScope(session, bound, key, options)
  const tree = yield* Effect.try({
    try: () => provenanceTree(scope.statement(key)!, scope),
    catch: (cause) => {
      if (cause instanceof NotTraceable) return untraceable(key, cause)
      throw cause
    }
  })
  return yield* printStatement(session, tree)
})

const touchedId = "_event_id in (select _touched._event_id from _touched)"
const touchedList = "list_has_any(_src, (select list(_touched._event_id) from _touched))"

const beyond = (key: string): Refused =>
  new Refused({
    code: "trace.barrier",
    message: `${key} was made with noise or by synthesis: its rows lead back to no single events, only to the assets it was made from.`,
    fix: `Use \`assay lineage ${key} --up\` for the assets, and \`assay trace\` on what it protects.`,
    where: { asset: key }
  })

const untraceable = (key: string, { message, fix }: NotTraceable): Refused =>
  new Refused({
    code: "trace.statement",
    message: `${key} cannot be traced row by row: its statement uses ${message}.`,
    fix,
    where: { asset: key }
  })
