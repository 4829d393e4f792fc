import type { TaggedField } from "#privacy/access/AccessRules.ts"
import type { Mask } from "#privacy/access/Mask.ts"

/** How clearly whoever asks may see each of some fields, by name. */
export type MasksOf = (fields: ReadonlyArray<TaggedField>) => ReadonlyMap<string, Mask>
