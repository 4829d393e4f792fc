import type { en } from "./en.ts"

/** Every string of the pages. English is the form that the other language must fill. */
export type Words = typeof en
