import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset } from "../engine/Asset.ts"
import type { AssetColumn } from "../engine/Engine.ts"
import { quoteKey } from "../engine/madeTable.ts"
import { bindStatement } from "./bindStatement.ts"
import type { BoundAsset } from "./BoundAsset.ts"
import { contractColumns } from "./contractColumns.ts"
import { columnLineage } from "./columnLineage.ts"
import type { ColumnLineage } from "./columnLineage.ts"
import { recordClass } from "./recordClass.ts"
import { releaseStatement } from "./releaseStatement.ts"
import { schemaTwin } from "./schemaTwin.ts"

const none: ColumnLineage = { columns: {}, rows: {} }

/**
 * Binds every asset against the schema twin: empty tables in memory, made from what the sources hold or declare and from the statements
 * themselves. So columns, lineage and contract errors are known whatever was made before, and no row is read. What it was bound from decides
 * the outcome, so it is remembered for the last few sets of assets.
 *
 * @param order  every asset of the home, each after those it reads
 * @param known  the columns that stand in the warehouse now, by key
 * @param edges  the tables that were stored with the events of each row, by key
 */
export const bindAssets = Effect.fn("bindAssets")(function* (
  order: ReadonlyArray<Asset>,
  known: ReadonlyMap<string, ReadonlyArray<AssetColumn>>,
  edges: ReadonlyMap<string, string> = new Map()
) {
  const before = remembered.find((one) => isSame(one, order, known))
  const bound = before?.bound ?? (yield* bindAnew(order, known))
  if (before === undefined) remember(order, known, bound)
  return new Map(
    order.map((asset): [string, BoundAsset] => {
      const one = { ...bound.get(asset.key)!, asset }
      const table = edges.get(asset.key)
      return [asset.key, table === undefined || one.carries ? one : { ...one, edges: table }]
    })
  ) as ReadonlyMap<string, BoundAsset>
})

interface Remembered {
  /** What each asset was bound from, by key. */
  readonly signatures: ReadonlyMap<string, string>
  readonly bound: ReadonlyMap<string, BoundAsset>
}

const mostRemembered = 6
const remembered: Array<Remembered> = []

function remember(
  order: ReadonlyArray<Asset>,
  known: ReadonlyMap<string, ReadonlyArray<AssetColumn>>,
  bound: ReadonlyMap<string, BoundAsset>
): void {
  const signatures = new Map(order.map((asset) => [asset.key, signatureOf(asset, known, bound)]))
  remembered.unshift({ signatures, bound })
  if (remembered.length > mostRemembered) remembered.pop()
}

/** Whether the assets would be bound from the same again; each statement is written with the columns that its inputs had then, which are the same so far. */
const isSame = (
  { signatures, bound }: Remembered,
  order: ReadonlyArray<Asset>,
  known: ReadonlyMap<string, ReadonlyArray<AssetColumn>>
): boolean =>
  signatures.size === order.length &&
  order.every(({ key }) => signatures.has(key)) &&
  order.every((asset) => signatures.get(asset.key) === signatureOf(asset, known, bound))

const signatureOf = (
  asset: Asset,
  known: ReadonlyMap<string, ReadonlyArray<AssetColumn>>,
  bound: ReadonlyMap<string, BoundAsset>
): string =>
  JSON.stringify(
    asset.sql === undefined
      ? [asset.kind, known.get(asset.key) ?? contractColumns(asset), releaseStatement(asset) ?? null]
      : [asset.kind, asset.deps, statementOf(asset, bound)]
  )

/** The statement of an asset, written with the columns of its inputs where it follows them. */
function statementOf({ sql, deps }: Asset, bound: ReadonlyMap<string, BoundAsset>): string {
  if (typeof sql !== "function") return sql ?? ""
  return sql(new Map(deps.map((dep) => [dep, (bound.get(dep)?.columns ?? []).map(({ name }) => name)])))
}

const bindAnew = Effect.fnUntraced(
  function* (order: ReadonlyArray<Asset>, known: ReadonlyMap<string, ReadonlyArray<AssetColumn>>) {
    const twin = yield* Warehouse
    const bound = new Map<string, BoundAsset>()
    for (const asset of order) bound.set(asset.key, yield* bindAsset(twin, asset, bound, known))
    return bound as ReadonlyMap<string, BoundAsset>
  },
  Effect.provide(schemaTwin, { local: true })
)

const bindAsset = Effect.fnUntraced(function* (
  twin: Session,
  asset: Asset,
  bound: ReadonlyMap<string, BoundAsset>,
  known: ReadonlyMap<string, ReadonlyArray<AssetColumn>>
) {
  if (asset.sql === undefined) {
    const columns = known.get(asset.key) ?? contractColumns(asset)
    if (columns.length > 0) {
      const typed = columns.map(({ name, type }) => `${quoteIdentifier(name)} ${type}`)
      yield* twin.run(`create table ${quoteKey(asset.key)} (${typed.join(", ")})`)
    }
    const record = asset.kind === "source" ? "source" : "barrier"
    const carries = record === "source" && columns.some(({ name }) => name === "_event_id")
    const likeness = record === "barrier" ? yield* bindRelease(twin, asset) : {}
    return {
      asset,
      columns,
      statement: "",
      lineage: none,
      record,
      carries,
      ...likeness
    } satisfies BoundAsset as BoundAsset
  }
  const statement = statementOf(asset, bound)
  const outcome = yield* Effect.result(bindStatement(twin, asset.key, statement))
  if (outcome._tag === "Failure") {
    if (!(outcome.failure instanceof BadInput)) return yield* Effect.fail(outcome.failure)
    const problem = outcome.failure
    const facts = { asset, columns: [], statement, lineage: none, carries: false, problem }
    return { ...facts, record: "row_preserving" } satisfies BoundAsset as BoundAsset
  }
  yield* twin.run(`create table ${quoteKey(asset.key)} as from (${statement}\n) limit 0`)
  const described = yield* twin.query<{ column_name: string; column_type: string }>(`describe ${quoteKey(asset.key)}`)
  const columns = described.map(({ column_name, column_type }) => ({ name: column_name, type: column_type }))
  const lineage = columnLineage(
    outcome.success,
    columns.map(({ name }) => name)
  )
  const { record, single } = recordClass(outcome.success)
  const events = Object.entries(lineage.columns["_event_id"]?.direct ?? {})
  const carries =
    single && events.length > 0 && events.every(([source, how]) => how === "IDENTITY" && isEvent(source, bound))
  return { asset, columns, statement, lineage, record, carries } satisfies BoundAsset as BoundAsset
})

/** A release's columns and what they are made from, noise left out; nothing when it does not bind, which its own plan explains. */
const bindRelease = Effect.fnUntraced(function* (twin: Session, asset: Asset) {
  const statement = releaseStatement(asset)
  const outcome = yield* Effect.result(bindStatement(twin, asset.key, statement ?? ""))
  if (statement === undefined || outcome._tag === "Failure") return {}
  const described = yield* twin.query<{ column_name: string; column_type: string }>(`describe ${statement}`)
  const columns = described.map(({ column_name, column_type }) => ({ name: column_name, type: column_type }))
  const names = columns.map(({ name }) => name)
  return { columns, lineage: columnLineage(outcome.success, names) }
})

/** Whether a column is the `_event_id` of something whose rows are events. */
const isEvent = (source: string, bound: ReadonlyMap<string, BoundAsset>): boolean =>
  source.endsWith("._event_id") && bound.get(source.slice(0, -"._event_id".length))?.carries === true
