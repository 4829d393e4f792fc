import type { Language } from "./Language.ts"

/** A share in 0..1 as a percentage. */
export function formatShare(share: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(share)
}
