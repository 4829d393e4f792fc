import { Effect, Layer } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import type { Asset, AssetCheck } from "./engine/Asset.ts"
import { Definitions } from "./engine/Definitions.ts"
import { readHeader } from "./engine/readHeader.ts"
import { readTables } from "./engine/readTables.ts"
import { coreAsset, present } from "./assets/coreAssets.ts"
import { featureAssets } from "./assets/featureAssets.ts"
import type { CanonicalName } from "./assets/core/model.ts"
import type { ConsentedDefinition } from "./release/ConsentedDefinition.ts"
import { Products } from "./release/Products.ts"
import type { ReleaseDefinition } from "./release/ReleaseDefinition.ts"
import { rawTable } from "./sources/landing/rawTable.ts"
import { conformSelect } from "./sources/conform/conformSelect.ts"
import { failedCasts } from "./sources/conform/failedCasts.ts"
import { Connections } from "./sources/Connections.ts"
import type { Connection } from "./sources/Connections.ts"
import type { StreamSpec } from "./sources/SourceSpec.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"

/** All assets of the home: its sources' tables, the canonical model over them, features of the sample, and the releases of its product files. */
export const definitionsLayer = Layer.effect(
  Definitions,
  Effect.gen(function* () {
    const connections = yield* Connections
    const products = yield* Products
    const warehouse = yield* Warehouse
    return Definitions.of({
      load: Effect.gen(function* () {
        const connected = yield* connections.all
        const releases = yield* products.definitions
        const statements = yield* Effect.forEach([...releases, ...(yield* products.consented)], releaseAssets)
        const isSample = connected.some((connection) => connection.sample !== undefined)
        return [...sourceAssets(connected), ...(isSample ? featureAssets : []), ...statements.flat()]
      }).pipe(Effect.provideService(Warehouse, warehouse))
    })
  })
)

interface Landing {
  readonly connection: Connection
  readonly stream: StreamSpec
  readonly raw: string
}

function sourceAssets(connected: ReadonlyArray<Connection>): ReadonlyArray<Asset> {
  const landings = connected.flatMap((connection) =>
    connection.spec.streams.map((stream) => ({
      connection,
      stream,
      raw: `raw.${connection.spec.source}__${stream.stream}`
    }))
  )
  const canonical = Map.groupBy(
    landings.filter(({ stream }) => stream.as !== undefined),
    ({ stream }) => stream.as!
  )
  return [
    ...landings.map(rawAsset),
    ...landings.filter(({ stream }) => stream.as === undefined).map(ownCoreAsset),
    ...[...canonical].flatMap(([name, parts]) => [conformAsset(name, parts), coreAsset(name)])
  ]
}

function rawAsset({ connection, stream, raw }: Landing): Asset {
  const { source } = connection.spec
  // Where and when the source was connected does not decide what its table holds.
  const { sample } = connection
  return {
    key: raw,
    kind: "source",
    group: "raw",
    owners: ["data-steward"],
    description: { en: `${stream.stream} of ${source}, as it arrived`, zh: `${source} 的 ${stream.stream}，原样保存` },
    deps: [],
    grain: ["_event_id"],
    checks: [],
    config: { connection: { source, sample: sample ?? null }, stream }
  }
}

/** A stream that is no canonical one becomes a typed table of its own. */
function ownCoreAsset({ connection, stream, raw }: Landing): Asset {
  const { source } = connection.spec
  return {
    key: `core.${source}__${stream.stream}`,
    kind: "full",
    group: "core",
    owners: ["data-steward"],
    description: { en: `${stream.stream} of ${source}, typed`, zh: `${source} 的 ${stream.stream}，已定型` },
    deps: [raw],
    sql: (columns) => conformSelect(source, stream, columns.get(raw)!),
    grain: ["_event_id"],
    checks: (columns) => [
      ...castChecks(source, stream, columns.get(raw)!),
      ...(stream.subject === undefined ? [] : [present("subject_id")])
    ],
    config: stream
  }
}

function conformAsset(name: CanonicalName, parts: ReadonlyArray<Landing>): Asset {
  return {
    key: `conform.${name}`,
    kind: "view",
    group: "conform",
    owners: ["data-steward"],
    description: {
      en: `Every stream declared as ${name}, in canonical columns`,
      zh: `所有声明为 ${name} 的数据流，统一列名`
    },
    deps: parts.map(({ raw }) => raw),
    sql: (columns) =>
      parts
        .map(({ connection, stream, raw }) => conformSelect(connection.spec.source, stream, columns.get(raw)!))
        .join("\nunion all by name\n"),
    grain: ["_event_id"],
    checks: (columns) =>
      parts.flatMap(({ connection, stream, raw }) => castChecks(connection.spec.source, stream, columns.get(raw)!)),
    config: parts.map(({ connection, stream }) => ({ source: connection.spec.source, stream }))
  }
}

/** One rule for each column whose text may not be of its type: what was there and gave no value. */
const castChecks = (source: string, stream: StreamSpec, columns: ReadonlyArray<string>): ReadonlyArray<AssetCheck> =>
  failedCasts(stream, columns).map(({ column, breaks }) => ({
    name: `typed_${source}_${stream.stream}_${column}`,
    severity: "warn",
    breaks,
    of: rawTable(source, stream.stream)
  }))

const headerOf = (key: string, sql: string) =>
  Effect.try({ try: () => readHeader(key, sql), catch: (error) => error as BadInput })

const releaseAssets = Effect.fnUntraced(function* (definition: ReleaseDefinition | ConsentedDefinition) {
  const { product, title, owner, from, spec } = definition
  const protectedKey = typeof from === "string" ? from : `feature.${product}`
  const release: Asset = {
    key: `release.${product}`,
    kind: "release",
    group: "release",
    owners: [owner],
    description: title,
    deps: [protectedKey],
    checks: [],
    ...(spec.kind === "consented"
      ? { grain: [], config: { consented: spec, purpose: definition.purpose } }
      : {
          grain: spec.by.flatMap((key) => (typeof key === "string" ? [key] : Object.keys(key))),
          config: { spec, purpose: definition.purpose }
        })
  }
  if (typeof from === "string") return [release]
  const feature: Asset = {
    key: protectedKey,
    kind: "full",
    group: "feature",
    owners: [owner],
    description: { en: `Rows for ${title.en}`, zh: `${title.zh} 的明细` },
    deps: yield* readTables(protectedKey, from.sql),
    sql: from.sql,
    grain: [],
    checks: [],
    ...(yield* headerOf(protectedKey, from.sql))
  }
  return [feature, release]
})
