import { Schema } from "effect"
import { erasePhrases } from "./erasePhrases.ts"

/** Confirms an erasure by the sentence itself. */
export const EraseRequest = Schema.Struct({ phrase: Schema.Literals([erasePhrases.zh, erasePhrases.en]) })
export type EraseRequest = typeof EraseRequest.Type
