import type { PageEntry } from "../../shell/PageEntry.ts"

/** The pages of admins, loaded when one of them is first opened. */
export const adminPages: ReadonlyArray<PageEntry> = []
