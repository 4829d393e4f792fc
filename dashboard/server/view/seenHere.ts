import { Effect } from "effect"
import { Asking } from "../Asking.ts"
import { homeTags } from "./fieldViews.ts"
import { Seen } from "./Seen.ts"

/** What whoever a view answers for may be told of the home's columns. */
export const seenHere = Effect.fnUntraced(function* () {
  const { masksOf } = yield* Asking
  return new Seen(yield* homeTags(), masksOf)
})
