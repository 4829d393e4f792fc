import type { Assessment } from "#catalog/life/ProductLife.ts"
import type { Assessed } from "../../../api/steward/Assessed.ts"
import { tradabilityParts } from "./tradabilityParts.ts"

/** What a decision rests on, as the pages show it. */
export const assessedOf = ({
  version,
  contract,
  change,
  digest,
  price,
  loss,
  rows,
  kind,
  index
}: Assessment): Assessed => ({
  version,
  contract,
  change: { level: change.level, reasons: change.reasons },
  digest,
  price,
  loss,
  rows,
  kind,
  index: tradabilityParts(index)
})
