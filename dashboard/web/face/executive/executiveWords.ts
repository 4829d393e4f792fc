import { bilingual } from "../../words/bilingual.ts"

/** Every string of the pages under /executive. */
export const executiveWords = bilingual({
  en: { title: "Executive" },
  zh: { title: "管理层" }
})
