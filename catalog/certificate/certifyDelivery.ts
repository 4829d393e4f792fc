import type { Home } from "#core/home/Home.ts"
import type { Db } from "#core/records/Records.ts"
import { readAccuracyRelease } from "../accuracy/readAccuracyRelease.ts"
import type { Order } from "../order/Order.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { readQuote } from "../quote/readQuote.ts"
import type { DeliveryCertificate } from "./DeliveryCertificate.ts"
import { signCertificate } from "./signCertificate.ts"

/** What is delivered, and the file that it is delivered as. */
export interface Delivered {
  readonly order: Order
  readonly version: ProductVersion
  readonly offer: string | undefined
  /** SHA-256 of the version's or the offer's own file. */
  readonly artefact: string
  readonly file: DeliveryCertificate["file"]
}

/** The parts of a release's certificate that every kind of release has. */
interface ReleaseFacts {
  readonly hash: string
  readonly lineage: { readonly assets: ReadonlyArray<string> }
}

/**
 * The text of the certificate for a delivery: the one that was made for the same bytes before, or a new one, kept within the caller's
 * transaction.
 *
 * @param now  ISO instant
 */
export function certifyDelivery(db: Db, home: Home["Service"], delivered: Delivered, now: string): string {
  const { order, version, offer, artefact, file } = delivered
  const key = { order: order.id, format: file.format, sha256: file.sha256 }
  const known = db.get<{ document: string }>(
    "select document from delivery_certificate where order_id = $order and format = $format and sha256 = $sha256",
    key
  )
  if (known !== undefined) return known.document
  const quote = readQuote(db, order.quote)!
  const own = offer === undefined ? undefined : readAccuracyRelease(db, version.id, offer)
  const made = own ?? version
  const release = made.certificate as ReleaseFacts
  const document = JSON.stringify(
    signCertificate(home, {
      order: order.id,
      buyer: order.buyer,
      product: order.product,
      version: order.version,
      ...(offer === undefined ? {} : { offer }),
      artefact,
      file,
      release: {
        id: made.release,
        period: version.period,
        assets: release.lineage.assets,
        guarantee: { epsilon: made.epsilon, delta: made.delta },
        certificateSha256: release.hash
      },
      terms: version.offering.terms,
      quote: { id: quote.id, hash: quote.hash },
      deliveredAt: now
    }),
    null,
    2
  )
  db.run("insert into delivery_certificate values ($order, $format, $sha256, $document)", { ...key, document })
  return document
}
