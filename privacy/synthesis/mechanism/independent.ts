import { Effect } from "effect"
import type { Mechanism } from "./Brief.ts"
import { readColumns } from "./readColumns.ts"

/** The baseline: every single column, nothing of how they hang together. */
export const independent: Mechanism = Effect.fn("independent")(function* (brief) {
  const readings = yield* readColumns(brief, brief.purse.left)
  return { readings, rounds: 0 }
})
