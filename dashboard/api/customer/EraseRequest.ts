import { Schema } from "effect"

/** The sentence that a customer has to write to be erased, in either language. */
export const erasePhrases = { zh: "删除我的全部数据", en: "erase all my data" } as const

/** Confirms an erasure by the sentence itself. */
export const EraseRequest = Schema.Struct({ phrase: Schema.Literals([erasePhrases.zh, erasePhrases.en]) })
export type EraseRequest = typeof EraseRequest.Type
