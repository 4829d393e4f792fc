import type { Matrix } from "../../api/Matrix.ts"
import type { Language } from "../format/Language.ts"
import { shortLabel } from "./shortLabel.ts"

/** What a matrix is about: the kind of its rows where there are several, else its two keys. */
export function pairName({ facet, rowField, columnField }: Matrix, language: Language): string {
  return facet ?? `${shortLabel(rowField, language)} × ${shortLabel(columnField, language)}`
}
