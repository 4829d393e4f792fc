import type { IndexEvidence } from "#pricing/index/IndexEvidence.ts"
import type { TradabilityIndex } from "#pricing/index/tradabilityIndex.ts"

/** What people have vouched for of the product on sale; it goes on counting for its next version. */
export const vouchedFor = ({ gates, domains }: TradabilityIndex): ReadonlyArray<IndexEvidence> =>
  [...gates, ...domains.flatMap(({ items }) => items)].flatMap(({ evidence }) =>
    evidence.filter(({ signer }) => signer !== undefined)
  )
