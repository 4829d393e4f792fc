import type { Language } from "../../format/Language.ts"
import { customerTableWords } from "./customerTableWords.ts"

/** A table of the house in a customer's words: by what it holds, where that is known from its name. */
export function nameOfTable(asset: string, language: Language): string {
  const words = customerTableWords(language)
  const [group = "", name = asset] = asset.split(".", 2)
  const known = Object.hasOwn(words.known, name) ? words.known[name] : undefined
  return group === "feature" || known === undefined ? words.other(asset) : known
}
