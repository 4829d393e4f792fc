import type { PageEntry } from "../../shell/PageEntry.ts"

/** The pages of stewards, loaded when one of them is first opened. */
export const stewardPages: ReadonlyArray<PageEntry> = []
