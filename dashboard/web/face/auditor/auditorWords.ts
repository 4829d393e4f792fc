import { bilingual } from "../../words/bilingual.ts"

/** Every string of the pages under /auditor. */
export const auditorWords = bilingual({
  en: { title: "Audit" },
  zh: { title: "审计" }
})
