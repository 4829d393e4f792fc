import type { Finding } from "./Finding.ts"

/**
 * Finds identifiers of some kinds in a text with half-width signs.
 *
 * Every pattern of a finder is bounded in length and starts only where a run of its signs starts, so the time grows with
 * the text's length and not faster, whatever the text.
 */
export type Finder = (text: string) => Iterable<Finding>
