import { bilingual } from "../../words/bilingual.ts"

/** Every string of the pages under /customer. */
export const customerWords = bilingual({
  en: { title: "Customer" },
  zh: { title: "数据主体" }
})
