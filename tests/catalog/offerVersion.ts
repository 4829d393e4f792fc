import { createHash } from "node:crypto"
import { readFileSync, renameSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { aggregateDepth } from "#pricing/depth/aggregateDepth.ts"
import type { DeclaredOffer } from "#pricing/offer/Menu.ts"
import { makeMenu } from "#pricing/offer/makeMenu.ts"
import { listVersion } from "./listVersion.ts"
import { listedAt, sampleVersion } from "./sampleVersion.ts"

const regions = ["north", "south"]
const choices = ["x", "y", "z"]
const cells = regions.flatMap((region, i) =>
  choices.map((choice, j) => ({ region, choice, buyers: 400 - 90 * i - 60 * j, spend: 9000 - 1000 * j }))
)

/** A listed version of a two-key, two-measure release whose file stands on the shelf. */
export const shelveOffers = Effect.fnUntraced(function* (declared?: ReadonlyArray<DeclaredOffer>, floor = 12_000) {
  const { shelf } = yield* Home
  const fresh = join(shelf, "fresh.parquet")
  const values = cells.map(
    ({ region, choice, buyers, spend }) => `('${region}', '${choice}', ${buyers}::bigint, ${spend}::bigint)`
  )
  yield* Effect.gen(function* () {
    yield* (yield* Warehouse).run(
      `copy (select * from (values ${values.join(", ")}) t(region, choice, buyers, spend_minor)) to ${quoteText(fresh)} (format parquet)`
    )
  }).pipe(Effect.provide(Warehouse.layer({ path: ":memory:", spill: "", directories: [shelf] })))
  const artefact = createHash("sha256").update(readFileSync(fresh)).digest("hex")
  renameSync(fresh, join(shelf, `${artefact}.parquet`))

  const draft = sampleVersion({ artefact })
  const keys = { region: cells.map(({ region }) => region), choice: cells.map(({ choice }) => choice) }
  const measures = [
    { name: "buyers", values: cells.map(({ buyers }) => buyers), noiseVariance: 100 },
    { name: "spend_minor", values: cells.map(({ spend }) => spend), noiseVariance: 4000 }
  ]
  const depth = aggregateDepth({ release: draft.release, keys, counts: measures[0]!.values, measures }, listedAt)
  const rows = { ...draft.rows, value: cells.length }
  const source = {
    product: draft.product,
    release: draft.release,
    keys,
    measures: measures.map(({ name }) => name),
    depth,
    rows
  }
  const catalog = yield* Catalog
  const version = {
    ...draft,
    rows,
    bits: depth.bits,
    policy: { ...draft.policy, floor: { ...draft.policy.floor, value: floor } },
    certificate: {
      hash: "c".repeat(64),
      lineage: { level: "asset", assets: ["core.order"] },
      release: draft.release,
      measures: measures.map(({ name, noiseVariance }) => ({ name, variance: noiseVariance, step: 1 }))
    },
    menu: makeMenu(source, declared, listedAt)
  }
  return yield* (yield* Records).write((db) => listVersion(db, catalog, version))
})
