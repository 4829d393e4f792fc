import { Effect } from "effect"
import type { TableFacts } from "#privacy/dp/aggregate/TableFacts.ts"
import type { AssetColumn } from "../engine/Engine.ts"
import { Connections } from "../sources/Connections.ts"
import { protectedAsset } from "./protectedAsset.ts"
import type { ReleaseDefinition } from "./ReleaseDefinition.ts"

/** What is publicly known of the table that a release protects. */
export const tableFactsOf = Effect.fnUntraced(function* (
  definition: ReleaseDefinition,
  columns: ReadonlyArray<AssetColumn>
) {
  return {
    asset: protectedAsset(definition),
    columns,
    currencies: yield* declaredCurrencies,
    ...(definition.statement === undefined ? {} : { statement: definition.statement })
  } satisfies TableFacts as TableFacts
})

/** The currencies that the source files of the home name; amounts whose currency stands in a field of its own are not among them. */
const declaredCurrencies = Effect.gen(function* () {
  const connected = yield* (yield* Connections).all
  const mappings = connected.flatMap(({ spec }) => spec.streams.flatMap(({ fields }) => Object.values(fields ?? {})))
  const codes = mappings.flatMap((mapping) =>
    typeof mapping === "string" || mapping.currency === undefined ? [] : [mapping.currency]
  )
  return [...new Set(codes)].sort()
})
