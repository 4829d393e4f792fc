import { Effect, Layer } from "effect"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db } from "#core/records/Records.ts"
import { OrderedReleases } from "#pipelines/release/OrderedReleases.ts"
import type { OrderedRelease } from "#pipelines/release/OrderedReleases.ts"

/** Tells the pipelines which releases were ordered, and puts what they made where deliveries find it. */
export const orderedReleasesLayer = Layer.effect(
  OrderedReleases,
  Effect.gen(function* () {
    const records = yield* Records
    const log = yield* Log
    return OrderedReleases.of({
      waiting: records.read(waitingFor),
      shelved: (db, ordered, { releaseId, artefact, certificate, at }) => {
        const document = JSON.stringify(certificate)
        db.run(
          `insert into accuracy_release values ($version, $offer, $artefact, $release, $document, $epsilon, $delta, $at)`,
          {
            version: ordered.versionId,
            offer: ordered.offer,
            artefact,
            release: releaseId,
            document,
            epsilon: certificate.loss.epsilon,
            delta: certificate.loss.delta,
            at
          }
        )
        const facts = { release: releaseId, offer: ordered.offer, artefact, certificate: sha256Hex(document) }
        log.append(db, { type: "release", operation: releaseId, commitment: sha256Hex(canonicalJson(facts)) })
      }
    })
  })
)

/** One order for each release: the oldest that is paid and holds its loss. A version that was superseded is waited for no longer. */
const waitingFor = (db: Db): ReadonlyArray<OrderedRelease> =>
  db.all<OrderedRelease & object>(
    `select a.order_id as "order", h.buyer, h.purpose, v.product, v.id as versionId,
       json_extract(v.document, '$.period') as period, json_extract(v.document, '$.certificate.plan') as plan,
       a.offer, a.epsilon
     from accuracy_order a join buyer_order o on o.id = a.order_id join budget_hold h on h.id = a.order_id
       join product_version v on v.id = a.version_id
     where o.paid_at is not null and h.outcome is not 'released'
       and v.seq = (select max(n.seq) from product_version n where n.product = v.product)
       and not exists (select 1 from accuracy_release r where r.version_id = a.version_id and r.offer = a.offer)
     order by o.paid_at, o.id`
  )
