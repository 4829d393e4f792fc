import { canonicalJson } from "#core/json/canonicalJson.ts"
import { newId } from "#core/ids/newId.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { Log } from "#core/log/Log.ts"
import type { Db } from "#core/records/Records.ts"
import { indexProduct } from "../search/indexProduct.ts"
import { unindexProduct } from "../search/unindexProduct.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { announceLife } from "./announceLife.ts"
import { decideMove } from "./decideMove.ts"
import { lifeFacts } from "./lifeFacts.ts"
import type { Wish } from "./lifeFacts.ts"
import type { LifeMove } from "./LifeState.ts"
import { lifeStateOf } from "./lifeStateOf.ts"
import type { Assessment } from "./ProductLife.ts"
import { refuseMove } from "./refuseMove.ts"

/** A move that somebody wants to be taken, and what it is decided on. */
export interface WantedMove extends Wish {
  readonly move: LifeMove
  readonly reason: string
  readonly version: ProductVersion | undefined
  readonly assessment: Assessment | undefined
  readonly at: string
}

/**
 * Takes a move, within the caller's transaction: the row, the log entry, the shop window and what buyers are told.
 *
 * @throws Refused with all reasons against it
 */
export function takeMove(db: Db, log: Log["Service"], wanted: WantedMove): void {
  const { product, move, by, requestedBy, reason, version, assessment, endsOn, successor, at } = wanted
  const from = lifeStateOf(db, product)
  const { to, reasons } = decideMove(from, move, lifeFacts(db, wanted, assessment?.index, at))
  refuseMove(product, reasons)
  if (assessment !== undefined) keepAssessment(db, assessment)
  const row = {
    product,
    from,
    to,
    by,
    requestedBy,
    reason,
    versionId: version?.id ?? null,
    evidence: assessment?.digest ?? null,
    at
  }
  db.run(
    `insert into product_transition (product, from_state, to_state, decided_by, requested_by, reason, version_id, evidence, at, rule)
     values ($product, $from, $to, $by, $requestedBy, $reason, $versionId, $evidence, $at, 'gates')`,
    row
  )
  const asks = move === "submit"
  db.run(
    `insert into product_life (product, state, since, requested_by, requested_at, successor, ends_on)
     values ($product, $to, $at, $asked, $askedAt, $successor, $endsOn)
     on conflict (product) do update set state = excluded.state, since = excluded.since, successor = excluded.successor,
       ends_on = excluded.ends_on, requested_by = case when $to = 'registered' then requested_by else excluded.requested_by end,
       requested_at = case when $to = 'registered' then requested_at else excluded.requested_at end`,
    { product, to, at, asked: asks ? by : null, askedAt: asks ? at : null, successor, endsOn }
  )
  if (to === "listed" && version !== undefined) indexProduct(db, version, assessment?.price.minor ?? 0)
  else unindexProduct(db, product)
  if (version !== undefined) announceLife(db, move, { product, title: version.offering.title, endsOn, successor, at })
  log.append(db, { type: "policy", operation: newId("lfc"), commitment: sha256Hex(canonicalJson(row)) })
}

/** Keeps what was decided on, once. */
export function keepAssessment(db: Db, assessment: Assessment): void {
  const { digest, product, versionId, at } = assessment
  db.run("insert into assessment values ($digest, $product, $versionId, $at, $document) on conflict do nothing", {
    digest,
    product,
    versionId,
    at,
    document: canonicalJson(assessment)
  })
}
