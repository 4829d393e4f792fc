import type { Label } from "../../api/Label.ts"
import type { Language } from "../format/Language.ts"

/** A label as a chart has room for it: without what stands in brackets at its end. */
export function shortLabel(label: Label, language: Language): string {
  const text = language === "en" ? label.en : label.zh
  const opens = Math.max(text.lastIndexOf("（"), text.lastIndexOf("("))
  return (opens >= 0 && /[）)]$/.test(text) && text.slice(0, opens).trimEnd()) || text
}
