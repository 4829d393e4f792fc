import type { Db } from "#core/records/Records.ts"
import type { IndexEvidence } from "#pricing/index/IndexEvidence.ts"
import { profiles } from "#pricing/index/Profile.ts"
import { tradabilityIndex } from "#pricing/index/tradabilityIndex.ts"
import type { TradabilityIndex } from "#pricing/index/tradabilityIndex.ts"
import { readDays } from "#pricing/ttl/readDays.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import type { HouseFacts } from "./HouseFacts.ts"
import { measuredEvidence, slaEvidence } from "./measuredEvidence.ts"
import { protectionEvidence } from "./protectionEvidence.ts"
import { readinessEvidence } from "./readinessEvidence.ts"
import { recordedEvidence } from "./recordedEvidence.ts"

/**
 * The tradability index of a version at a moment, from what the house measures and what people have put on record: the one function behind the
 * shop window, the review and the decision to list.
 *
 * @param assumed evidence that is taken for granted, in place of what is on record for the same items
 */
export function indexVersion(
  db: Db,
  version: ProductVersion,
  facts: HouseFacts,
  profile: keyof typeof profiles,
  at: string,
  assumed: ReadonlyArray<IndexEvidence> = []
): TradabilityIndex {
  const since = listedSince(db, version.product) ?? at
  const everyDays = readDays(version.offering.scenario.freshness ?? "") ?? 31
  const recorded = recordedEvidence(db, version.product, facts.leftShare, at)
  const says = (item: string): boolean => recorded.some((one) => one.item === item && (one.expiresAt ?? at) > at)
  const evidence = [
    ...measuredEvidence(db, version, facts.leftShare, at),
    ...slaEvidence(db, version, since, everyDays, at),
    // What somebody has tried out counts before what follows from the certificate, for better or worse.
    ...(says("attack_results") ? [] : protectionEvidence(version, facts.leftShare, at)),
    ...(says("api_availability") ? [] : readinessEvidence(version, facts, at)),
    ...recorded.filter(({ item }) => !assumed.some((one) => one.item === item)),
    ...assumed
  ]
  return tradabilityIndex(profiles[profile], evidence, since, at)
}

/** When the product was first on sale; undefined if it never was. */
function listedSince(db: Db, product: string): string | undefined {
  const first = db.get<{ at: string | null }>(
    "select min(at) as at from product_transition where product = $product and to_state = 'listed'",
    { product }
  )?.at
  if (first !== null && first !== undefined) return first
  return db.get<{ since: string }>(
    "select since from product_life where product = $product and state not in ('draft', 'assessed', 'registered')",
    { product }
  )?.since
}
