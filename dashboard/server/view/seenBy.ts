import { Effect } from "effect"
import type { MasksOf } from "../http/MasksOf.ts"
import { Views } from "../Views.ts"
import { Seen } from "./Seen.ts"

/** What whoever asks may be told of the home's columns. */
export const seenBy = (masksOf: MasksOf) =>
  Effect.map(
    Views.use((views) => views.fieldTags),
    (tags) => new Seen(tags, masksOf)
  )
