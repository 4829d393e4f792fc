import { sha256Hex } from "#core/json/sha256Hex.ts"

/** Scenarios are kept under one name each: a buyer's own prefix keeps others from replacing them. */
export const scenarioPrefix = (buyer: string): string => `b${sha256Hex(buyer).slice(0, 12)}_`
