import { DateTime, Effect, FileSystem, Path } from "effect"
import { Home } from "#core/home/Home.ts"
import { newId } from "#core/ids/newId.ts"
import { Records } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import type { Offer } from "#pricing/offer/Menu.ts"
import { readAccuracyRelease } from "../accuracy/readAccuracyRelease.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { copyFromShelf } from "./copyFromShelf.ts"
import { cutOffer } from "./cutOffer.ts"
import type { NoisedColumn } from "./cutOffer.ts"
import { fileHash } from "./fileHash.ts"

/** The order is paid and its budget firm; only the process that holds the warehouse can draw it. */
const notMade = (): Refused =>
  new Refused({
    code: "delivery.state",
    message: "The more accurate release that was ordered is paid and not made yet.",
    fix: "The server makes it within a minute, and so does assay run; then deliver it."
  })

/**
 * The SHA-256 of an offer's file on the shelf, made at its first delivery and the same for everybody ever after: two buyers who hold
 * different noise could average it away.
 */
export const offerArtefact = Effect.fn("offerArtefact")(function* (version: ProductVersion, offer: Offer) {
  const records = yield* Records
  const files = yield* FileSystem.FileSystem
  const paths = yield* Path.Path
  const home = yield* Home
  const key = { version: version.id, offer: offer.id }
  if (offer.accuracy.value > 1) {
    const own = yield* records.read((db) => readAccuracyRelease(db, version.id, offer.id))
    return own?.artefact ?? (yield* notMade())
  }
  const find = records.read((db) =>
    db.get<{ artefact: string }>(
      "select artefact from offer_artefact where version_id = $version and offer = $offer",
      key
    )
  )
  const made = yield* find
  if (made !== undefined) return made.artefact

  const folder = yield* files.makeTempDirectoryScoped({ directory: home.tmp, prefix: "offer-" })
  const [whole, cut] = [paths.join(folder, "version.parquet"), paths.join(folder, "offer.parquet")]
  yield* copyFromShelf(version.artefact, whole)
  const { measures } = version.certificate as { measures: ReadonlyArray<NoisedColumn> }
  yield* cutOffer(folder, whole, cut, offer, measures)
  const { sha256 } = yield* fileHash(cut)
  const staged = paths.join(home.shelf, `.${newId("offer")}`)
  yield* files.copyFile(cut, staged)
  yield* Effect.scoped(Effect.flatMap(files.open(staged, { flag: "r+" }), (file) => file.sync))
  yield* files.rename(staged, paths.join(home.shelf, `${sha256}.parquet`))
  const now = DateTime.formatIso(yield* DateTime.now)
  yield* records.write((db) =>
    db.run(
      `insert into offer_artefact (version_id, offer, artefact, made_at) values ($version, $offer, $sha256, $now)
       on conflict do nothing`,
      { ...key, sha256, now }
    )
  )
  // Another process may have been first: then its draw is the one that leaves the house.
  return (yield* find)!.artefact
})
