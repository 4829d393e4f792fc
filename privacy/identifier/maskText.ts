import { findIdentifiers } from "./findIdentifiers.ts"
import type { IdentifierKind } from "./IdentifierKind.ts"

/** What is put in the place of an identifier. */
export type Mask = (found: string, kind: IdentifierKind) => string

/** The text with every identifier in it replaced; nothing else changes. */
export function maskText(text: string, mask: Mask): string {
  let [masked, at] = ["", 0]
  for (const { kind, start, end } of findIdentifiers(text)) {
    masked += text.slice(at, start) + mask(text.slice(start, end), kind)
    at = end
  }
  return masked + text.slice(at)
}
