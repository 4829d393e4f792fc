import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { bindStatement } from "../lineage/bindStatement.ts"
import { columnLineage } from "../lineage/columnLineage.ts"
import { NotTraceable } from "../lineage/NotTraceable.ts"
import { parseStatement } from "../lineage/parseStatement.ts"
import { printStatement } from "../lineage/printStatement.ts"
import { whichEvents } from "../lineage/Provenance.ts"
import { aggregateNames } from "../lineage/provenanceScope.ts"
import { provenanceTree } from "../lineage/provenanceTree.ts"
import { recordClass } from "../lineage/recordClass.ts"
import type { Expression, QueryNode } from "../lineage/StatementTree.ts"

/**
 * A statement whose rows say what they are made under: in `_lic` where it hands on the licence of the one record that a row is made from, else in
 * `_lics`, the licences of all records that went into the row. A statement that cannot be followed says nothing, and then nobody may
 * read its rows. What an author calls `_lic` is never believed.
 */
export const licensedStatement = Effect.fn("licensedStatement")(function* (
  session: Session,
  asset: string,
  statement: string,
  tree: QueryNode
) {
  const plan = yield* bindStatement(session, asset, statement)
  const described = yield* session.query<{ column_name: string }>(`describe ${statement}`)
  const names = described.map(({ column_name }) => column_name)
  const direct = Object.entries(columnLineage(plan, names).columns["_lic"]?.direct ?? {})
  const handedOn = direct.length > 0 && direct.every(([from, how]) => how === "IDENTITY" && from.endsWith("._lic"))
  if (handedOn && recordClass(plan).single) return tree
  const merged = yield* parseStatement(
    session,
    "select * exclude (_src), flatten(list(_src)) as _src from (select 1) as _rows group by all",
    new Set()
  )
  const isAggregate = yield* aggregateNames(session)
  const events = whichEvents(merged)
  const own = names.includes("_lic") ? ", _lic" : ""
  try {
    const licensed = provenanceTree(tree, {
      carries: () => true,
      edges: () => undefined,
      statement: () => undefined,
      isAggregate: (name) => isAggregate.has(name),
      provenance: { ...events, event: (id) => events.event(licenceBeside(id)), none: noLicence },
      once: true
    })
    const inner = (yield* printStatement(session, licensed)).replace(/;\s*$/, "")
    return yield* parseStatement(
      session,
      `select * exclude (_src${own}), list_sort(list_distinct(_src)) as _lics from (${inner}) as _rows`,
      new Set()
    )
  } catch (cause) {
    if (!(cause instanceof NotTraceable)) throw cause
    const kept = names.filter((name) => name !== "_lic").map((name) => quoteIdentifier(name))
    return yield* parseStatement(
      session,
      `select ${kept.join(", ")} from (${statement.replace(/;\s*$/, "")}\n) as _rows`,
      new Set()
    )
  }
})

const licenceBeside = (id: Expression): Expression => {
  const { column_names = [] } = id as { column_names?: ReadonlyArray<string> }
  return { ...id, column_names: [...column_names.slice(0, -1), "_lic"] } as Expression
}

const noLicence = {
  class: "FUNCTION",
  type: "FUNCTION",
  alias: "",
  query_location: 0,
  function_name: "list_value",
  schema: "",
  children: [],
  filter: null,
  order_bys: { type: "ORDER_MODIFIER", orders: [] },
  distinct: false,
  is_operator: false,
  export_state: false,
  catalog: ""
} as unknown as Expression
