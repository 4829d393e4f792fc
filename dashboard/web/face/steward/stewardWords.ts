import { bilingual } from "../../words/bilingual.ts"

/** Every string of the pages under /steward. */
export const stewardWords = bilingual({
  en: { title: "Data steward" },
  zh: { title: "数据管家" }
})
