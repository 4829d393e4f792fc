import type { Language } from "../format/Language.ts"

/** A dictionary in both languages, where Chinese must fill the form that English gives. */
export const bilingual =
  <W>(words: { readonly en: W; readonly zh: NoInfer<W> }) =>
  (language: Language): W =>
    language === "en" ? words.en : words.zh
