import type { Db } from "#core/records/Records.ts"

/** A release that was made for an order, with the loss that its buyers' certificates state. */
export interface AccuracyRelease {
  /** SHA-256 of the file on the shelf. */
  readonly artefact: string
  readonly release: string
  /** The release's certificate as it was signed. */
  readonly certificate: unknown
  readonly epsilon: number
  readonly delta: number
}

/** The more accurate release of a version that stands for an offer, or undefined while none was made. */
export function readAccuracyRelease(db: Db, version: string, offer: string): AccuracyRelease | undefined {
  const found = db.get<Omit<AccuracyRelease, "certificate"> & { readonly document: string }>(
    `select artefact, release, document, epsilon, delta from accuracy_release
     where version_id = $version and offer = $offer`,
    { version, offer }
  )
  if (found === undefined) return undefined
  const { document, ...release } = found
  return { ...release, certificate: JSON.parse(document) as unknown }
}
