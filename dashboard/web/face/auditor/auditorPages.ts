import type { PageEntry } from "../../shell/PageEntry.ts"

/** The pages of auditors, loaded when one of them is first opened. */
export const auditorPages: ReadonlyArray<PageEntry> = []
