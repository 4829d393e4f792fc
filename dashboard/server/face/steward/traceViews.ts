import { createHmac } from "node:crypto"
import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Mask } from "#privacy/access/Mask.ts"
import { openAccess } from "#privacy/access/openAccess.ts"
import { requirePlain } from "#privacy/access/requirePlain.ts"
import { sessionKey } from "#privacy/access/sessionKey.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { bindHome } from "#pipelines/lineage/bindHome.ts"
import { traceBack } from "#pipelines/lineage/traceBack.ts"
import { traceForward } from "#pipelines/lineage/traceForward.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { Asking } from "../../Asking.ts"
import { seenHere } from "../../view/seenHere.ts"
import type { RowHandles } from "../../../api/steward/RowHandles.ts"
import type { Trace } from "../../../api/steward/Trace.ts"
import type { TraceRequest } from "../../../api/steward/TraceRequest.ts"

type Around = Effect.Success<ReturnType<typeof bindHome>>

const mostHandles = 12
const mostEvents = 200
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Some rows of an asset under names that say nothing about them. */
export const rowHandles = Effect.fn("rowHandles")(function* (key: string) {
  const around = yield* bindHome()
  const rows = yield* sampleRows(around, key)
  const seen = yield* seenHere()
  return {
    asset: key,
    grain: rows.grain.filter((name) => seen.names(key, name)),
    handles: rows.named.map(({ handle }) => handle)
  } satisfies RowHandles as RowHandles
})

/** A trace from where the request says, back to events and forward again to all that was made of them. */
export const traceRows = Effect.fn("traceRows")(function* (request: TraceRequest) {
  const warehouse = yield* Warehouse
  const around = yield* bindHome()
  const { graph, bound, facts } = around
  const made = (key: string): boolean => facts.get(key)?.made !== undefined
  if ("event" in request) {
    if (!uuid.test(request.event)) return yield* noEvent()
    const ids = [request.event.toLowerCase()]
    return yield* told(around, null, ids, yield* traceForward(warehouse, bound, graph, made, ids))
  }
  const { asset } = request
  yield* requireMade(around, asset)
  if ("where" in request) yield* requireChoosable(around, asset, Object.keys(request.where))
  const where = "handle" in request ? yield* rowOf(around, asset, request.handle) : request.where
  if (Object.keys(where).length === 0) return yield* noKey()
  const { rows, events } = yield* traceBack(warehouse, bound, asset, where)
  const few = events.slice(0, mostEvents)
  const forward = few.length === 0 ? [] : yield* traceForward(warehouse, bound, graph, made, few)
  const stale = facts.get(asset)!.state.state === "stale"
  return yield* told(around, { asset, rows, stale, events: events.length }, few, forward)
})

const told = Effect.fnUntraced(function* (
  { graph, facts }: Around,
  back: Trace["back"],
  ids: ReadonlyArray<string>,
  forward: ReadonlyArray<{ readonly asset: string; readonly rows?: number }>
) {
  const warehouse = yield* Warehouse
  const sources = graph.order.filter(({ key, kind }) => kind === "source" && facts.get(key)?.made !== undefined)
  const parts = sources.map(({ key }, i) => {
    const [schema, name] = [key.slice(0, key.indexOf(".")), key.slice(key.indexOf(".") + 1)]
    return `select ${i} as source, _event_id::varchar as id, _batch as batch, _ingested_at as "ingestedAt"
      from ${quoteIdentifier(schema, name)} where _event_id in (select unnest($ids::varchar[])::uuid)`
  })
  const rows =
    ids.length === 0 || parts.length === 0
      ? []
      : yield* warehouse.query<Omit<Trace["events"][number], "asset"> & { readonly source: number }>(
          `select * from (${parts.join(" union all ")}) order by source, "ingestedAt", id`,
          { ids }
        )
  const found = rows.map(({ source, id, batch, ingestedAt }) => ({
    id,
    asset: sources[source]!.key,
    batch,
    ingestedAt
  }))
  return {
    back,
    events: found,
    forward: forward.map(({ asset, rows }) => ({
      asset,
      rows: rows ?? null,
      barrier: graph.byKey.get(asset)?.kind === "release"
    }))
  } satisfies Trace as Trace
})

/** The rows that stand first in the order of a hash of what names them, so that they are the same each time and no pattern of the data. */
const sampleRows = Effect.fnUntraced(function* ({ graph, facts, bound }: Around, key: string) {
  const { key: master } = yield* Home
  const { session } = yield* Asking
  const own = sessionKey(master, session, openAccess().epoch)
  const found = graph.byKey.get(key)
  if (found === undefined) return yield* unknownAsset()
  if (facts.get(key)?.made === undefined) return { grain: [], named: [] }
  // A release as it was drawn: what its product declares by now may name other columns.
  const all = found.kind === "release" ? yield* (yield* Engine).columns(key) : bound.get(key)!.columns
  const columns = new Set(all.map(({ name }) => name))
  const grain = found.grain.filter((name) => columns.has(name))
  if (grain.length === 0) return { grain: [], named: [] }
  const names = grain.map((name) => quoteIdentifier(name))
  const [schema, name] = [key.slice(0, key.indexOf(".")), key.slice(key.indexOf(".") + 1)]
  const rows = yield* (yield* Warehouse).query<Record<string, string | null>>(
    `select ${names.map((one) => `${one}::varchar as ${one}`).join(", ")} from ${quoteIdentifier(schema, name)}
     order by hash(${names.join(", ")}), ${names.join(", ")} limit ${mostHandles}`
  )
  const named = rows.map((row) => {
    const where = Object.fromEntries(grain.map((one) => [one, row[one] ?? ""]))
    return { where, handle: `row_${handleOf(own, [key, where])}` }
  })
  return { grain, named }
})

/** Under the session's own key, so that what two people saw cannot be laid side by side. */
const handleOf = (key: string, row: unknown): string =>
  createHmac("sha256", Buffer.from(key, "hex")).update(JSON.stringify(row)).digest("hex").slice(0, 16)

/** What names a row may be typed by somebody who was told it; any other column chooses rows only where its values are shown as they are. */
const requireChoosable = Effect.fnUntraced(function* ({ graph }: Around, key: string, names: ReadonlyArray<string>) {
  const seen = yield* seenHere()
  const grain = new Set(graph.byKey.get(key)!.grain)
  const masks = new Map(
    names.map((name): [string, Mask] => {
      const mask = seen.mask(key, name) ?? "hidden"
      return [name, grain.has(name) && mask !== "hidden" && mask !== "null" ? "plain" : mask]
    })
  )
  yield* reckon(() => requirePlain(masks, names))
})

const rowOf = Effect.fnUntraced(function* (around: Around, key: string, handle: string) {
  yield* requireMade(around, key)
  const found = (yield* sampleRows(around, key)).named.find((one) => one.handle === handle)
  if (found !== undefined) return found.where
  return yield* new BadInput({
    code: "trace.handle",
    message: "No row of this asset has that handle any more.",
    fix: "Choose one of the list, which was made anew from the rows that are there now."
  })
})

const requireMade = Effect.fnUntraced(function* ({ facts, graph }: Around, key: string) {
  if (!graph.byKey.has(key)) return yield* unknownAsset()
  if (facts.get(key)?.made === undefined) {
    return yield* new BadInput({
      code: "trace.new",
      message: "The asset was not made yet, so it has no rows to trace.",
      fix: "Make it on the page of runs."
    })
  }
})

const unknownAsset = (): BadInput =>
  new BadInput({ code: "asset.unknown", message: "There is no such asset.", fix: "Choose one in the asset graph." })

const noKey = (): BadInput =>
  new BadInput({
    code: "trace.key",
    message: "A trace needs the columns that name its rows.",
    fix: "Fill in at least one of them."
  })

const noEvent = (): BadInput =>
  new BadInput({ code: "trace.event", message: "An event id is a UUID.", fix: "Copy it from a trace of a row." })
