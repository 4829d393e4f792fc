import { readDays } from "#pricing/ttl/readDays.ts"
import type { VersionDraft } from "../product/ProductVersion.ts"
import { certifiedMeasures } from "../scenario/offeredBy.ts"
import type { Contract } from "./Contract.ts"

/** Reads off a version what it promises. */
export function contractOf(version: VersionDraft): Contract {
  const { columns, offering, kind, consented } = version
  const { terms, scenario } = offering
  const measures = certifiedMeasures(version)
  return {
    kind: kind ?? "dp_aggregate",
    columns: columns.map(({ name, type, unit }) => ({ name, type, unit })),
    purposes: terms.purposes,
    territory: terms.territory,
    onward: terms.onward,
    retentionDays: readDays(terms.retention ?? "") ?? null,
    freshnessDays: readDays(scenario.freshness ?? "") ?? null,
    halfWidths: Object.fromEntries(measures.map(({ name, halfWidth95 }) => [name, halfWidth95])),
    recipient: consented?.recipient ?? null
  }
}
