import type { PageEntry } from "../../shell/PageEntry.ts"

/** The pages of buyers, loaded when one of them is first opened. */
export const buyerPages: ReadonlyArray<PageEntry> = []
