import { Effect, FileSystem, Layer, Path } from "effect"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Consent } from "#privacy/consent/Consent.ts"
import { Guard } from "#privacy/consent/guard/Guard.ts"
import type { Uses } from "#privacy/consent/use/Uses.ts"
import { Home } from "#core/home/Home.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset } from "./engine/Asset.ts"
import type { Definitions } from "./engine/Definitions.ts"
import { Makers } from "./engine/Makers.ts"
import type { Landed, MakeOptions } from "./engine/Makers.ts"
import { consentedRelease } from "./release/consentedRelease.ts"
import { Products } from "./release/Products.ts"
import { Releases } from "./release/Releases.ts"
import { Connections } from "./sources/Connections.ts"
import { logBindings } from "./sources/landing/logBindings.ts"
import { landSample } from "./sources/landSample.ts"
import { loadSource } from "./sources/load/loadSource.ts"
import type { LoadReport, StreamReport } from "./sources/load/LoadReport.ts"

/** How sources are landed and releases made. */
export const makersLayer = Layer.effect(
  Makers,
  Effect.gen(function* () {
    const services = yield* Effect.context<
      | Warehouse
      | Home
      | Connections
      | Consent
      | Definitions
      | FileSystem.FileSystem
      | Path.Path
      | Products
      | Guard
      | Log
      | Records
      | Uses
    >()
    const products = yield* Products
    const release = Effect.fnUntraced(function* (product: string, options: MakeOptions) {
      const rows = (yield* products.consented).find((one) => one.product === product)
      return yield* rows === undefined
        ? releases.make(product, options)
        : Effect.provideContext(consentedRelease(rows, options), services)
    })
    const releases = yield* Releases
    return Makers.of({
      land: (asset, options) =>
        Effect.provideContext(
          Effect.tap(land(asset, options), () => remember),
          services
        ),
      release: (asset, options) => release(asset.key.slice("release.".length), options)
    })
  })
)

/** Subjects get their salts before anything else is done with their records, and the batch goes into the log. */
const remember = Effect.gen(function* () {
  yield* (yield* Guard).sync
  yield* logBindings()
})

const land = Effect.fn("Makers.land")(function* (asset: Asset, options: MakeOptions) {
  const name = asset.key.slice("raw.".length)
  const connected = yield* (yield* Connections).all
  const connection = connected.find(({ spec }) => name.startsWith(`${spec.source}__`))!
  const stream = connection.spec.streams.find((one) => name === `${connection.spec.source}__${one.stream}`)!
  if (connection.sample !== undefined) {
    yield* landSample(connection.spec.source, stream, connection.sample, options)
    return yield* landedAs(asset, true, [])
  }
  const report = yield* loadSource({ ...connection.spec, streams: [stream] })
  if (report.problem !== null) return yield* report.problem
  const facts = report.streams[0]!
  return yield* landedAs(asset, facts.rowsNew > 0, noticesOf(facts, report.tolerated))
})

/** The id of an event is a keyed hash of its contents, so the ids of all name the table. */
const landedAs = Effect.fnUntraced(function* (asset: Asset, changed: boolean, notices: ReadonlyArray<string>) {
  const warehouse = yield* Warehouse
  const home = yield* Home
  const [schema, table] = asset.key.split(".")
  const [row] = yield* warehouse.query<{ rows: number; sum: string }>(
    `select count(*) as rows, coalesce(sum(hash(_event_id)), 0)::varchar as sum from ${quoteIdentifier(schema!, table!)}`
  )
  const { rows, sum } = row!
  const dataVersion = home.hmac("data-version", `${asset.key} ${rows} ${sum}`).slice(0, 32)
  return { changed, dataVersion, rows, notices } satisfies Landed as Landed
})

function noticesOf(facts: StreamReport, tolerated: LoadReport["tolerated"]): ReadonlyArray<string> {
  const bad = tolerated.reduce((sum, { badRows }) => sum + badRows, 0)
  return [
    [facts.doubledKeys, "values of the key stand on more than one event; all are kept"] as const,
    [bad, "rows are in quarantine, within what the source file tolerates"] as const,
    [facts.otherTerms, "events keep the licence that they arrived under; the source file says another one now"] as const
  ]
    .filter(([n]) => n > 0)
    .map(([n, what]) => `${n} ${what}`)
    .concat(facts.newColumns.length > 0 ? [`new columns: ${facts.newColumns.join(", ")}`] : [])
}
