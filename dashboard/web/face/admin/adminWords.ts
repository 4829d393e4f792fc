import { bilingual } from "../../words/bilingual.ts"

/** Every string of the pages under /admin. */
export const adminWords = bilingual({
  en: { title: "Administration" },
  zh: { title: "管理" }
})
