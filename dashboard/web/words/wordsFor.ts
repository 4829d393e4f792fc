import type { Language } from "../format/Language.ts"
import { en } from "./en.ts"
import type { Words } from "./Words.ts"
import { zh } from "./zh.ts"

/** The dictionary of a language. */
export const wordsFor = (language: Language): Words => (language === "en" ? en : zh)
