import type { IdentifierKind } from "./IdentifierKind.ts"

/** Where an identifier stands in a text: UTF-16 offsets, `end` exclusive. */
export interface Finding {
  readonly kind: IdentifierKind
  readonly start: number
  readonly end: number
}
