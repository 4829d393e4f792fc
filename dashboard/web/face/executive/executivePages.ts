import type { PageEntry } from "../../shell/PageEntry.ts"

/** The pages of executives, loaded when one of them is first opened. */
export const executivePages: ReadonlyArray<PageEntry> = []
