import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Session } from "#core/warehouse/Session.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { findIdentifiers } from "./findIdentifiers.ts"
import type { IdentifierKind } from "./IdentifierKind.ts"

/** Values that are looked into, and signs of each: about a second of work and 4 MB at most. */
const VALUES = 1000
const SIGNS = 2000

export interface TextIdentifiers {
  /** different values looked into */
  readonly sampled: number
  /** how many of them hold at least one of the kind, inside or as the whole */
  readonly holding: Readonly<Partial<Record<IdentifierKind, number>>>
}

/**
 * Which identifiers stand in the texts of a column, on a sample of its different values that is the same at every call.
 *
 * Only counts leave: no value, no place.
 * @param relation  SQL of a table, quoted by the caller
 */
export const identifiersInText = Effect.fn("identifiersInText")(function* (
  session: Pick<Session, "columns">,
  relation: string,
  column: string
): Effect.fn.Return<TextIdentifiers, WarehouseError> {
  const name = quoteIdentifier(column)
  const { values, length } = yield* session.columns(
    `select left(v, ${SIGNS}) as v from (select distinct cast(${name} as varchar) as v from ${relation} where ${name} is not null) ` +
      `order by hash(v), v limit ${VALUES}`
  )
  const holding: Partial<Record<IdentifierKind, number>> = {}
  for (let i = 0; i < length; i++) {
    const kinds = new Set(findIdentifiers(values["v"]![i] as string).map(({ kind }) => kind))
    for (const kind of kinds) holding[kind] = (holding[kind] ?? 0) + 1
  }
  return { sampled: length, holding }
})
