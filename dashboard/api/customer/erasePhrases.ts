/** The sentence that a customer has to write to be erased, in either language. */
export const erasePhrases = { zh: "删除我的全部数据", en: "erase all my data" } as const
