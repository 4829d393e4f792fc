import type { PageEntry } from "../../shell/PageEntry.ts"

/** The pages of customers, loaded when one of them is first opened. */
export const customerPages: ReadonlyArray<PageEntry> = []
