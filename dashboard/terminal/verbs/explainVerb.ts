import { Effect } from "effect"
import { formatMoney } from "#core/money/formatMoney.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { assetGraph, reach } from "#pipelines/engine/AssetGraph.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import type { Explanation } from "#pricing/quote/Explanation.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { languageOf } from "../languageOf.ts"
import { table } from "../table.ts"
import { treeLines } from "../treeLines.ts"
import type { Verb } from "../Verb.ts"

interface RawFile {
  readonly file: string
  readonly sha256: string
  readonly rows: number
  readonly loadedAt: string
}

/** For stewards: a price down to what each number rests on, and a released number on through the assets to the raw events. */
export const explainVerb: Verb<Catalog | Engine | Warehouse> = {
  usage: "explain PRODUCT [--version V]",
  about: "a price down to its evidence: released numbers on through the assets to the raw events",
  flags: ["version"],
  words: 1,
  run: Effect.fn("explain")(function* ({ words, flags }) {
    const listing = yield* (yield* Catalog).show(words[0]!, flags["version"] as string | undefined)
    const { product, version, price, priceTree } = listing
    const facts = yield* (yield* Engine).facts
    const graph = assetGraph(facts.map(({ asset }) => asset))
    const lineage = reach([`release.${product}`], (key) => graph.byKey.get(key)?.deps ?? [])
    const made = facts.filter(({ asset }) => lineage.has(asset.key))
    const assets = made.map(({ asset, made: last }) => ({
      key: asset.key,
      kind: asset.kind,
      reads: asset.deps,
      version: last?.dataVersion ?? null,
      run: last?.run ?? null,
      madeAt: last?.madeAt ?? null
    }))
    const raw = yield* Effect.forEach(
      made.filter(({ asset }) => asset.kind === "source"),
      ({ asset, made: last }) =>
        Effect.map(filesOf(asset.key), (files) => ({ asset: asset.key, events: last?.rows ?? 0, files }))
    )
    const evidence = leavesOf(priceTree)
    const rowsToTrace = made.find(({ asset }) => asset.group === "core" && asset.kind === "full")?.asset.key
    return {
      json: {
        product,
        version: version.version,
        price,
        tree: priceTree,
        evidence,
        release: { id: version.release, artefact: version.artefact, certificate: version.certificate },
        assets,
        raw
      },
      text: [
        `${product} ${version.version}: ${formatMoney(price)}`,
        ...treeLines(priceTree, price.currency, languageOf(flags)),
        "",
        table(
          ["number", "kind", "where", "when"],
          evidence.map(({ path, kind, where, when }) => [path, kind, where, when.slice(0, 10)])
        ),
        "",
        `Released numbers come from ${version.release} (file ${version.artefact.slice(0, 12)}…), which was made from:`,
        table(
          ["asset", "version", "made"],
          assets.map((asset) => [asset.key, asset.version ?? "", asset.madeAt?.slice(0, 19) ?? ""])
        ),
        ...raw.flatMap(({ asset, events, files }) => [
          `${asset}: ${events.toLocaleString("en")} events`,
          ...files.map(({ file, rows, sha256 }) => `  ${file}: ${rows.toLocaleString("en")} rows, SHA-256 ${sha256}`)
        ]),
        ...(rowsToTrace === undefined ? [] : [`Single rows: assay trace ${rowsToTrace} KEY=VALUE`])
      ].join("\n")
    }
  })
}

/** The files that a raw table was landed from; none for a generated sample. */
const filesOf = Effect.fnUntraced(function* (
  key: string
): Effect.fn.Return<ReadonlyArray<RawFile>, WarehouseError, Warehouse> {
  const warehouse = yield* Warehouse
  const [source, stream] = key.slice("raw.".length).split("__")
  return yield* warehouse.query<RawFile>(
    `select file, sha256, good_rows as rows, loaded_at as loadedAt from _assay.loaded_file
     where source = $source and stream = $stream order by file`,
    { source: source!, stream: stream! }
  )
})

interface Leaf {
  readonly path: string
  readonly value: number
  readonly unit: string
  readonly kind: string
  readonly where: string
  readonly when: string
}

function leavesOf({ id, value, unit, evidence, children = [] }: Explanation): ReadonlyArray<Leaf> {
  const own =
    evidence === undefined
      ? []
      : [{ path: id, value, unit, kind: evidence.kind, where: evidence.where, when: evidence.when }]
  return [...own, ...children.flatMap(leavesOf)]
}
