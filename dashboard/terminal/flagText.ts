import type { Flags } from "./Verb.ts"

/** What a flag says; undefined where it is not given or has no value. */
export const flagText = (flags: Flags, name: string): string | undefined => {
  const value = flags[name]
  return typeof value === "string" ? value : undefined
}
