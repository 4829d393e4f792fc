import { Schema } from "effect"

/** What a product waits for. `attention`: on sale, and its evidence no longer carries it. */
export const WaitsFor = Schema.Literals(["assessment", "approval", "version", "resume", "attention"])
export type WaitsFor = typeof WaitsFor.Type
