import { Effect, Layer } from "effect"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { parseMoney } from "#core/money/parseMoney.ts"
import { Records } from "#core/records/Records.ts"
import type { Db } from "#core/records/Records.ts"
import { outlineOf } from "#privacy/synthesis/release/outlineOf.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { readDays } from "#pricing/ttl/readDays.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { Uses } from "#privacy/consent/use/Uses.ts"
import type { ConsentedDefinition } from "#pipelines/release/ConsentedDefinition.ts"
import type { FreshConsented } from "#pipelines/release/FreshConsented.ts"
import { fenced } from "#pipelines/engine/holdFence.ts"
import { Products } from "#pipelines/release/Products.ts"
import type { FreshRelease } from "#pipelines/release/Products.ts"
import type { ReleaseDefinition } from "#pipelines/release/ReleaseDefinition.ts"
import { lifeStateOf } from "../life/lifeStateOf.ts"
import { liftFreeze } from "../recall/liftFreeze.ts"
import { republication } from "../recall/republication.ts"
import { Catalog } from "./Catalog.ts"
import { draftConsentedVersion } from "./draftConsentedVersion.ts"
import { draftVersion } from "./draftVersion.ts"
import { ProductFiles } from "./ProductFiles.ts"
import type { ProductDefinition } from "./readProductFile.ts"

/** Gives the engine the releases of the home's product files, and puts what it made into the catalog. */
export const productsLayer = Layer.effect(
  Products,
  Effect.gen(function* () {
    const files = yield* ProductFiles
    const catalog = yield* Catalog
    const records = yield* Records
    const consent = yield* Consent
    const world = yield* Effect.context<Records | Uses>()
    // Nothing is drawn, and no budget charged, for what nobody will ever be sold again.
    const living = Effect.flatMap(files.all, (all) =>
      records.read((db) => all.filter(({ declared }) => lifeStateOf(db, declared.product) !== "retired"))
    )
    const draft = Effect.fn("Products.draft")(function* (release: FreshRelease) {
      const { declared } = (yield* files.all).find((one) => one.declared.product === release.definition.product)!
      const version = yield* reckon(() => draftVersion(declared, release))
      return (db: Parameters<typeof catalog.insertVersion>[0]) => void catalog.insertVersion(db, version)
    })
    const draftConsented = Effect.fn("Products.draftConsented")(function* (release: FreshConsented) {
      const { declared } = (yield* files.all).find((one) => one.declared.product === release.definition.product)!
      const version = yield* reckon(() => draftConsentedVersion(declared, release))
      return (db: Db) => {
        // The same lock as a revocation's: nothing is put on sale that was read before one.
        if (consent.frozenSince(db, release.epoch).length > 0) throw fenced(`release.${release.definition.product}`)
        liftFreeze(db, catalog.insertVersion(db, version), release.epoch)
      }
    })
    return Products.of({
      definitions: Effect.map(living, (all) => all.flatMap(releaseOf)),
      consented: Effect.map(living, (all) => all.flatMap(consentedOf)),
      waits: (product) => Effect.provideContext(republication(product), world),
      stands: (release) => records.read((db) => isStanding(db, release)),
      draft,
      draftConsented
    })
  })
)

/** What a product file asks of the engine. Without a freshness a product is made anew each month. */
function releaseOf(product: ProductDefinition): ReadonlyArray<ReleaseDefinition> {
  const { release } = product.declared
  if (release.kind === "consented") return []
  if (release.kind === "synthetic") return [{ ...askedBy(product), spec: outlineOf(release), synthetic: release }]
  return [{ ...askedBy(product), spec: release }]
}

function consentedOf(product: ProductDefinition): ReadonlyArray<ConsentedDefinition> {
  const { release, price } = product.declared
  if (release.kind !== "consented") return []
  return [{ ...askedBy(product), spec: release, sold: parseMoney(price.base).minor > 0 }]
}

function askedBy({ declared, sql }: ProductDefinition): Omit<ReleaseDefinition, "spec"> {
  const { product, title, owner, scenario, terms } = declared
  return {
    product,
    title,
    owner,
    purpose: scenario.purpose,
    terms: { territory: terms.territory, onward: terms.onward },
    from: sql === undefined ? declared.from! : { sql },
    statement: sql === undefined ? undefined : sha256Hex(sql),
    until: scenario.until,
    everyDays: readDays(scenario.freshness ?? "") ?? 31
  }
}

const isStanding = (db: Db, release: string): boolean =>
  db.get(
    `select 1 as one from product_version v where release = $release and status = 'listed'
       and id not in (select version_id from recalled_version)
       and product not in (select product from product_freeze)`,
    { release }
  ) !== undefined
