import { DateTime, Effect, FileSystem, Path, Result } from "effect"
import { stringify } from "yaml"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { purposes } from "#privacy/consent/registry/purposes.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { decodeInput } from "#pricing/evidence/decodeInput.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { ProductFile } from "#catalog/product/ProductFile.ts"
import { ProductFiles } from "#catalog/product/ProductFiles.ts"
import type { Drafts } from "../../../api/steward/Drafts.ts"
import type { SavedDraft } from "../../../api/steward/SavedDraft.ts"
import { seenHere } from "../../view/seenHere.ts"
import { planDraft } from "./design/planDraft.ts"

/** The product files of the home, and the assets from which a release can be made. */
export const draftsOf = Effect.fn("draftsOf")(function* () {
  const engine = yield* Engine
  const listings = yield* (yield* Catalog).list
  const files = yield* (yield* ProductFiles).all
  const made = (yield* engine.facts).filter(({ asset, made: last }) => last !== undefined && asset.kind !== "release")
  const columns = yield* engine.allColumns
  const assets = made.map(({ asset: { key, description } }) => ({ key, description, columns: columns.get(key) ?? [] }))
  return {
    products: files.map(({ declared }) => ({
      product: declared.product,
      title: declared.title,
      kind: declared.release.kind,
      listed: listings.find(({ product }) => product === declared.product)?.version.version ?? null,
      draft: declared
    })),
    assets: assets.filter(({ columns }) => columns.some(({ name }) => name === "subject_id")),
    purposes: purposes.map(([id]) => id)
  } satisfies Drafts as Drafts
})

/**
 * A draft names columns that its asset has, as far as its author may hear of them. Without this a hidden column could be had by saving and running a
 * draft that names it.
 */
const requireColumns = Effect.fnUntraced(function* (declared: ProductFile, sql: string | undefined) {
  const asset = declared.from ?? `feature.${declared.product}`
  const made = (yield* (yield* Engine).facts).some((one) => one.asset.key === asset && one.made !== undefined)
  if (!made) return
  const { release } = declared
  if (release.kind !== "consented") {
    const { refusal } = yield* planDraft(declared, sql, DateTime.formatIso(yield* DateTime.now).slice(0, 10))
    return refusal instanceof BadInput ? yield* refusal : undefined
  }
  const seen = yield* seenHere()
  const columns = (yield* (yield* Engine).columns(asset)).filter(({ name }) => seen.names(asset, name))
  const strange = release.columns.find((column) => !columns.some(({ name }) => name === column))
  if (strange === undefined) return
  return yield* new BadInput({
    code: "release.columns",
    message: `${asset} has no column ${strange.slice(0, 80)}.`,
    fix: "Name columns that it has.",
    where: { field: "release.columns" }
  })
})

/** Writes a draft as a product file of the home and takes it up; the next run of its asset draws it. */
export const saveDraft = Effect.fn("saveDraft")(function* (draft: unknown) {
  const paths = yield* Path.Path
  const files = yield* FileSystem.FileSystem
  const home = yield* Home
  const products = yield* ProductFiles
  const declared = yield* reckon(() => decodeInput(ProductFile, draft, "draft"))
  const { product, sql } = declared
  const known = (yield* products.all).find((one) => one.declared.product === product)
  const place = paths.join(home.path, "product")
  yield* Effect.orDie(files.makeDirectory(place, { recursive: true, mode: 0o700 }))
  if (sql !== undefined) {
    if (known?.sql === undefined) {
      return yield* new BadInput({
        code: "product.sql",
        message: "A statement of your own cannot be written here.",
        fix: "Choose an asset, or write the product file with its SQL beside it and take it up at the terminal.",
        where: { field: "sql" }
      })
    }
    yield* Effect.orDie(files.writeFileString(paths.join(place, `${product}.sql`), known.sql, { mode: 0o600 }))
  }
  yield* requireColumns(declared, known?.sql)
  const text = stringify(sql === undefined ? declared : { ...declared, sql: `./${product}.sql` }, { lineWidth: 100 })
  const file = paths.join(place, `${product}.product.yaml`)
  const before = yield* Effect.option(files.readFileString(file))
  yield* Effect.orDie(files.writeFileString(file, text, { mode: 0o600 }))
  const added = yield* Effect.result(products.add(file))
  if (Result.isSuccess(added)) return { product, asset: `release.${product}` } satisfies SavedDraft as SavedDraft
  yield* Effect.orDie(before._tag === "Some" ? files.writeFileString(file, before.value) : files.remove(file))
  return yield* Effect.fail(added.failure)
})
