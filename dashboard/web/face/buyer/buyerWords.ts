import { bilingual } from "../../words/bilingual.ts"

/** Every string of the pages under /buyer. */
export const buyerWords = bilingual({
  en: { title: "Buyer" },
  zh: { title: "数据买方" }
})
