import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { Log } from "#core/log/Log.ts"
import type { Db } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { attackMenu, requireUnbeaten } from "#pricing/attack/attackMenu.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { releasedNumber } from "#pricing/evidence/releasedNumber.ts"
import { priceMenu } from "#pricing/offer/priceMenu.ts"
import type { ArtefactMeasure } from "#pricing/price/PriceInputs.ts"
import { recordContract } from "../contract/recordContract.ts"
import { lifeStateOf } from "../life/lifeStateOf.ts"
import { announcePrice } from "../notice/announcePrice.ts"
import { indexProduct } from "../search/indexProduct.ts"
import { scoreNewVersion } from "../scenario/scoreScenario.ts"
import { menuOf } from "./menuOf.ts"
import { quoteInputsOf } from "./quoteInputsOf.ts"
import type { ProductVersion, VersionDraft } from "./ProductVersion.ts"

/**
 * Writes a version inside the records transaction that commits the charge of its release. Repeating it changes nothing and returns
 * the version that stands, so a crash between shelf and records is resumed by calling it again.
 *
 * The first listed version becomes the product's reference artefact, at age 0, for ever. A version of a listed product is on sale at once, unless
 * it breaks the contract: then it waits for its approval, and the one before it stays on sale.
 *
 * @throws Refused if the release is already on record with other bytes: one release has one artefact; or if an offer of its menu
 *         can be had for less through the others
 */
export function insertVersion(db: Db, log: Log["Service"], draft: VersionDraft): ProductVersion {
  const { product, release } = draft
  const known = db.get<{ document: string }>(
    "select document from product_version where product = $product and release = $release",
    { product, release }
  )
  if (known !== undefined) return sameArtefact(JSON.parse(known.document) as ProductVersion, draft)

  const status = draft.rows.value > 0 && draft.bits.value > 0 && draft.rho.value > 0 ? "listed" : "withheld"
  const version: ProductVersion = { ...draft, id: newId("ver"), version: nextNumber(db, draft), status }
  db.run("insert into product (name, currency, since) values ($product, $currency, $since) on conflict do nothing", {
    product,
    currency: draft.currency,
    since: draft.listedAt
  })
  const state = lifeStateOf(db, product)
  const wasOnSale = ["listed", "suspended", "deprecated", "retired"].includes(state)
  if (status === "listed" && !wasOnSale)
    // Until a product is listed for the first time its newest version is the one that prices refer to.
    db.run("update product set reference = $reference, currency = $currency where name = $product", {
      product,
      currency: draft.currency,
      reference: canonicalJson(referenceOf(version))
    })
  if (status === "listed" && wasOnSale)
    db.run("update product set reference = $reference where name = $product and reference is null", {
      product,
      reference: canonicalJson(referenceOf(version))
    })
  const wholePrice = status === "listed" ? publishMenu(db, version) : 0
  const document = canonicalJson(version)
  db.run(
    `insert into product_version (id, product, version, release, artefact, status, listed_at, seq, document)
     values ($id, $product, $version, $release, $artefact, $status, $listedAt,
       (select coalesce(max(seq), 0) + 1 from product_version), $document)`,
    {
      id: version.id,
      product,
      version: version.version,
      release,
      artefact: version.artefact,
      status,
      listedAt: version.listedAt,
      document
    }
  )
  if (status === "listed") {
    const contract = recordContract(db, version)
    scoreNewVersion(db, version)
    if (wasOnSale && contract.breaksSale)
      db.run("insert into version_hold (version_id, since) values ($id, $at)", { id: version.id, at: version.listedAt })
    else if (state === "listed") {
      indexProduct(db, version, wholePrice)
      announcePrice(db, contract.onSale, version, version.listedAt)
    }
  }
  log.append(db, { type: "release", operation: version.id, commitment: sha256Hex(document) })
  return version
}

function sameArtefact(known: ProductVersion, draft: VersionDraft): ProductVersion {
  if (known.artefact === draft.artefact) return known
  throw new Refused({
    code: "version.changed",
    message: `Release ${draft.release} of ${draft.product} is on record with other bytes than the ones on the shelf.`,
    fix: "A release has one artefact. Restore the shelf from a backup; the next period makes a new version."
  })
}

/** Checks the menu and returns the price of the whole version. The attack is at the prices of the day of listing and M = 1; age and demand move all offers of a version alike. */
function publishMenu(db: Db, version: ProductVersion): number {
  const { product, currency, listedAt } = version
  const { reference } = db.get<{ reference: string }>("select reference from product where name = $product", {
    product
  })!
  const neutral = publicNumber(1, "factor", `demand:${product}#listing`, listedAt)
  const inputs = quoteInputsOf(version, JSON.parse(reference) as ArtefactMeasure, neutral)
  const priced = priceMenu(menuOf(version), inputs, version.version, listedAt)
  requireUnbeaten(attackMenu(priced), currency)
  return priced[0]!.fen
}

function nextNumber(db: Db, { product, period }: VersionDraft): string {
  const { count } = db.get<{ count: number }>(
    "select count(*) as count from product_version where product = $product and version like $period || '.%'",
    { product, period }
  )!
  return `${period}.${count + 1}`
}

function referenceOf({ bits, rho, rows, release }: ProductVersion): ArtefactMeasure {
  // At age 0 every row counts whole, so mu* is the number of rows.
  const mu = releasedNumber(rows.value, "row", `release:${release}#rows`, rows.when, release)
  return { bits, mu, rho }
}
